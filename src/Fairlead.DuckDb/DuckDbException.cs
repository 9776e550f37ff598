namespace Fairlead.DuckDb;

/// <summary>DuckDB refused or failed; the message is its own.</summary>
public sealed class DuckDbException : Exception
{
    public DuckDbException(string message)
        : this(message, DuckDbErrorKind.Invalid)
    {
    }

    public DuckDbException(string message, DuckDbErrorKind kind)
        : base(message.Trim()) => Kind = kind;

    public DuckDbErrorKind Kind { get; }
}
