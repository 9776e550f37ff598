namespace Fairlead.DuckDb;

/// <summary>What went wrong, as <c>duckdb_error_type</c> numbers it; kinds that nobody tells apart here are left out.</summary>
public enum DuckDbErrorKind
{
    /// <summary>Not said.</summary>
    Invalid = 0,
    OutOfRange = 1,
    Conversion = 2,
    Catalog = 13,
    Parser = 14,
    Constraint = 18,
    Binder = 24,
    Io = 28,
    Interrupt = 29,
    Internal = 31,
    InvalidInput = 32,
    OutOfMemory = 33,
    Permission = 34,
}
