-- title: Vials by outcome
-- description: How many vials were given to patients who recovered, and to those who died.
select outcome, count(*) as patients, min(antivenom_vials) as fewest, max(antivenom_vials) as most
from patients group by outcome order by outcome
