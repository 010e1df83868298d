-- title: Deaths
-- description: Patients who died, with their response, follow-up and adverse events.
select
  patient_id, age_years, sex, primary_disease, cytopenia_type, response, relapse, follow_up_months, adverse_events, pmids
from patients
where vital_status = 'dead'
order by follow_up_months is null, follow_up_months;
