-- title: Relapses
-- description: Patients whose cytopenia came back after a response, with the number of doses they had had.
select
  patient_id, cytopenia_type, primary_disease, infusion_count, response, infusions_to_response, follow_up_months, ivig_substitution,
  vital_status, pmids
from patients
where relapse = 'yes'
order by cytopenia_type, follow_up_months;
