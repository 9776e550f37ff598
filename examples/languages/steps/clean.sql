-- Numbers alone, in a form that every language reads without a library: one a line.
copy (select crossings from crossings where crossings is not null order by "hour", bridge) to 'out/clean.csv' (header false);
