namespace Fairlead.Predictions.Query;

/// <summary>A column of a result.</summary>
/// <param name="Type">Its type in SQL, such as <c>DOUBLE</c> or <c>STRUCT("origin" VARCHAR)</c>.</param>
public sealed record QueryColumn(string Name, string Type);
