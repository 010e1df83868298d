-- title: Adverse events
-- description: Every event by name, with the number of unique patients; a patient with two events counts under both.
with recursive split(patient_id, event, rest) as (
  select patient_id, '', adverse_events || '; ' from patients where adverse_events is not null and adverse_events <> ''
  union all
  select patient_id, substr(rest, 1, instr(rest, '; ') - 1), substr(rest, instr(rest, '; ') + 2) from split where rest <> ''
)
select event, count(distinct patient_id) as patients
from split
where event <> ''
group by event
order by patients desc, event;
