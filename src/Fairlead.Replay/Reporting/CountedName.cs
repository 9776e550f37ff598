namespace Fairlead.Replay.Reporting;

public sealed record CountedName(string Name, long Rows);
