namespace Fairlead.Domain.Problems;

/// <summary>
/// An expected failure that a person can act on. The message is one sentence that names the thing, the value in quotes and the cure.
/// Bugs are thrown as any other exception.
/// </summary>
public sealed class FairleadException : Exception
{
    public FairleadException(ProblemKind kind, string message, Exception? cause = null)
        : base(message, cause) => Kind = kind;

    public ProblemKind Kind { get; }

    /// <summary>True when the same call may succeed later without any change by the caller.</summary>
    public bool IsRetryable => Kind is ProblemKind.Unavailable or ProblemKind.Busy;

    public static FairleadException Invalid(string message) => new(ProblemKind.Invalid, message);

    public static FairleadException NotFound(string message) => new(ProblemKind.NotFound, message);

    public static FairleadException Conflict(string message) => new(ProblemKind.Conflict, message);

    public static FairleadException Failed(string message) => new(ProblemKind.Failed, message);

    public static FairleadException Forbidden(string message) => new(ProblemKind.Forbidden, message);

    public static FairleadException Unavailable(string message, Exception? cause = null) => new(ProblemKind.Unavailable, message, cause);

    public static FairleadException Damaged(string message) => new(ProblemKind.Damaged, message);
}
