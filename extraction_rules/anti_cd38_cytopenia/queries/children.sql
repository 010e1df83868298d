-- title: Children
-- description: Patients below 18 years, youngest first.
select
  patient_id, age_years, sex, primary_disease, cytopenia_type, prior_therapy_count, infusion_count, response, relapse, ivig_substitution,
  vital_status, pmids
from patients
where age_years < 18
order by age_years;
