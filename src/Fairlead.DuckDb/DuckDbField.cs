namespace Fairlead.DuckDb;

/// <summary>A named part of a struct type, or a named column of a result.</summary>
public sealed record DuckDbField(string Name, DuckDbType Type);
