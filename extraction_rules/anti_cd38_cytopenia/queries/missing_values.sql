-- title: Missing values by attribute
-- description: For how many unique patients each attribute of the codebook is reported, the emptiest first.
with told(position, attribute, reported) as (
  select 1, 'age_years', sum(age_years is not null and age_years <> '') from patients union all
  select 2, 'sex', sum(sex is not null and sex <> '') from patients union all
  select 3, 'primary_disease', sum(primary_disease is not null and primary_disease <> '') from patients union all
  select 4, 'primary_disease_group', sum(primary_disease_group is not null and primary_disease_group <> '') from patients union all
  select 5, 'transplanted', sum(transplanted is not null and transplanted <> '') from patients union all
  select 6, 'donor_type', sum(donor_type is not null and donor_type <> '') from patients union all
  select 7, 'hla_match', sum(hla_match is not null and hla_match <> '') from patients union all
  select 8, 'graft_source', sum(graft_source is not null and graft_source <> '') from patients union all
  select 9, 'abo_mismatch', sum(abo_mismatch is not null and abo_mismatch <> '') from patients union all
  select 10, 'conditioning_intensity', sum(conditioning_intensity is not null and conditioning_intensity <> '') from patients union all
  select 11, 'conditioning_agents', sum(conditioning_agents is not null and conditioning_agents <> '') from patients union all
  select 12, 'gvhd_prophylaxis', sum(gvhd_prophylaxis is not null and gvhd_prophylaxis <> '') from patients union all
  select 13, 'donor_chimerism_percent', sum(donor_chimerism_percent is not null and donor_chimerism_percent <> '') from patients union all
  select 14, 'cytopenia_type', sum(cytopenia_type is not null and cytopenia_type <> '') from patients union all
  select 15, 'aiha_subtype', sum(aiha_subtype is not null and aiha_subtype <> '') from patients union all
  select 16, 'dat_result', sum(dat_result is not null and dat_result <> '') from patients union all
  select 17, 'cytopenia_onset_day', sum(cytopenia_onset_day is not null and cytopenia_onset_day <> '') from patients union all
  select 18, 'prior_therapies', sum(prior_therapies is not null and prior_therapies <> '') from patients union all
  select 19, 'prior_therapy_count', sum(prior_therapy_count is not null and prior_therapy_count <> '') from patients union all
  select 20, 'anti_cd38_agent', sum(anti_cd38_agent is not null and anti_cd38_agent <> '') from patients union all
  select 21, 'anti_cd38_start_day', sum(anti_cd38_start_day is not null and anti_cd38_start_day <> '') from patients union all
  select 22, 'anti_cd38_delay_days', sum(anti_cd38_delay_days is not null and anti_cd38_delay_days <> '') from patients union all
  select 23, 'dose_mg_per_kg', sum(dose_mg_per_kg is not null and dose_mg_per_kg <> '') from patients union all
  select 24, 'dose_mg', sum(dose_mg is not null and dose_mg <> '') from patients union all
  select 25, 'route', sum(route is not null and route <> '') from patients union all
  select 26, 'infusion_count', sum(infusion_count is not null and infusion_count <> '') from patients union all
  select 27, 'concomitant_therapies', sum(concomitant_therapies is not null and concomitant_therapies <> '') from patients union all
  select 28, 'response', sum(response is not null and response <> '') from patients union all
  select 29, 'transfusion_independent', sum(transfusion_independent is not null and transfusion_independent <> '') from patients union all
  select 30, 'infusions_to_response', sum(infusions_to_response is not null and infusions_to_response <> '') from patients union all
  select 31, 'days_to_response', sum(days_to_response is not null and days_to_response <> '') from patients union all
  select 32, 'relapse', sum(relapse is not null and relapse <> '') from patients union all
  select 33, 'follow_up_months', sum(follow_up_months is not null and follow_up_months <> '') from patients union all
  select 34, 'ivig_substitution', sum(ivig_substitution is not null and ivig_substitution <> '') from patients union all
  select 35, 'adverse_events', sum(adverse_events is not null and adverse_events <> '') from patients union all
  select 36, 'vital_status', sum(vital_status is not null and vital_status <> '') from patients union all
  select 37, 'baseline_platelets_1e9_l', sum(baseline_platelets_1e9_l is not null and baseline_platelets_1e9_l <> '') from patients union all
  select 38, 'baseline_hemoglobin_g_dl', sum(baseline_hemoglobin_g_dl is not null and baseline_hemoglobin_g_dl <> '') from patients union all
  select 39, 'count_normalised', sum(count_normalised is not null and count_normalised <> '') from patients union all
  select 40, 'best_platelets_1e9_l', sum(best_platelets_1e9_l is not null and best_platelets_1e9_l <> '') from patients union all
  select 41, 'best_hemoglobin_g_dl', sum(best_hemoglobin_g_dl is not null and best_hemoglobin_g_dl <> '') from patients union all
  select 42, 'rescue_therapy', sum(rescue_therapy is not null and rescue_therapy <> '') from patients union all
  select 43, 'rescue_day', sum(rescue_day is not null and rescue_day <> '') from patients union all
  select 44, 'relapse_day', sum(relapse_day is not null and relapse_day <> '') from patients union all
  select 45, 'last_contact_day', sum(last_contact_day is not null and last_contact_day <> '') from patients
)
select
  attribute,
  coalesce(reported, 0) as reported,
  (select count(*) from patients) - coalesce(reported, 0) as missing,
  round(100.0 * coalesce(reported, 0) / nullif((select count(*) from patients), 0), 1) as percent_reported
from told
order by reported, position;
