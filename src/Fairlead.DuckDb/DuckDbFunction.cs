namespace Fairlead.DuckDb;

/// <summary>Computes a value for each row of a chunk. Several threads may call it at once; what it throws fails the statement with its message.</summary>
/// <param name="arguments">A column for each parameter; NULLs included. Valid during the call.</param>
/// <param name="rows">Rows in the chunk, up to 2048.</param>
/// <param name="result">Takes one value for each row, in order.</param>
public delegate void DuckDbFunction(IReadOnlyList<DuckDbColumn> arguments, int rows, DuckDbColumnWriter result);
