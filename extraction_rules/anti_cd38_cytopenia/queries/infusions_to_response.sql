-- title: Infusions to response
-- description: How many doses had been given when the response was noted, with how many in total, patient by patient.
select
  patient_id, cytopenia_type, response, infusions_to_response, days_to_response, infusion_count, pmids
from patients
where infusions_to_response is not null or days_to_response is not null
order by infusions_to_response is null, infusions_to_response, days_to_response;
