using Fairlead.Domain.Problems;

namespace Fairlead;

/// <summary>Exit codes of every command. Never renumbered: scripts rely on them.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A step, a check or the demo failed; also a bug in Fairlead.</summary>
    public const int Failure = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>The named thing does not exist.</summary>
    public const int NotFound = 3;

    /// <summary>The input or the project file is wrong.</summary>
    public const int Invalid = 4;

    /// <summary>The request contradicts the present state.</summary>
    public const int Conflict = 5;

    /// <summary>Control plane or host cannot be reached, or not now.</summary>
    public const int Unavailable = 6;

    /// <summary>Stored bytes do not match their digest.</summary>
    public const int Damaged = 7;

    /// <summary>Disk or memory ran out.</summary>
    public const int Exhausted = 8;

    /// <summary>The token is missing or wrong.</summary>
    public const int Unauthenticated = 9;

    /// <summary>The caller is known and may not.</summary>
    public const int Forbidden = 10;

    /// <summary>A canary was judged, and is not good.</summary>
    public const int NotGood = 11;

    /// <summary>Ended by Ctrl-C or SIGTERM.</summary>
    public const int Cancelled = 130;

    public static int Of(ProblemKind kind) => kind switch
    {
        ProblemKind.Invalid or ProblemKind.TooLarge => Invalid,
        ProblemKind.NotFound => NotFound,
        ProblemKind.Conflict => Conflict,
        ProblemKind.Failed => Failure,
        ProblemKind.Unauthenticated => Unauthenticated,
        ProblemKind.Forbidden => Forbidden,
        ProblemKind.Unavailable or ProblemKind.Busy => Unavailable,
        ProblemKind.Damaged => Damaged,
        ProblemKind.Exhausted => Exhausted,
        _ => Failure,
    };
}
