-- title: Responders after failing rituximab and bortezomib
-- description: Patients who responded although depletion of B cells and a proteasome inhibitor had both failed.
select
  patient_id, age_years, cytopenia_type, prior_therapies, prior_therapy_count, response, days_to_response, relapse, pmids
from patients
where '; ' || prior_therapies || ';' like '%; rituximab;%'
  and '; ' || prior_therapies || ';' like '%; bortezomib;%'
  and response in ('CR', 'PR', 'R')
order by response, cytopenia_type, patient_id;
