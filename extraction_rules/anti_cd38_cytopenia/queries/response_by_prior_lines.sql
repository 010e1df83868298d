-- title: Response by number of prior lines
-- description: Whether patients who had failed more treatments respond less often; unique patients with a stated or counted number.
select
  case
    when prior_therapy_count <= 2 then '0 to 2'
    when prior_therapy_count <= 4 then '3 to 4'
    when prior_therapy_count <= 6 then '5 to 6'
    else '7 or more'
  end as prior_lines,
  count(*) as patients,
  count(response) as response_reported,
  sum(response in ('CR', 'PR', 'R')) as responders,
  sum(response = 'CR') as complete,
  round(100.0 * sum(response in ('CR', 'PR', 'R')) / nullif(count(response), 0), 1) as percent_responding
from patients
where prior_therapy_count is not null
group by 1
order by min(prior_therapy_count);
