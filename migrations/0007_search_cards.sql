-- What a search shows of a doctor, ready in one piece: put together from five tables for each of twenty rows it was most
-- of a search's work. Written with the row's other facts; a row without it, from before or by older code, counts as stale.
alter table doctor_search add column card json;
