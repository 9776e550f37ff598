namespace Fairlead.Domain.Problems;

/// <summary>What kind of expected failure happened. Transports map it to a status in one place, the command line to an exit code.</summary>
public enum ProblemKind
{
    /// <summary>The caller's input is wrong: HTTP 400.</summary>
    Invalid,

    /// <summary>The named thing does not exist: HTTP 404.</summary>
    NotFound,

    /// <summary>The request contradicts the present state: HTTP 409.</summary>
    Conflict,

    /// <summary>The body or a part of it is larger than allowed: HTTP 413.</summary>
    TooLarge,

    /// <summary>A step, a model or another thing of the user's failed when executed: HTTP 422.</summary>
    Failed,

    /// <summary>The caller did not prove who it is: HTTP 401.</summary>
    Unauthenticated,

    /// <summary>It is known who the caller is, and that the caller may not: HTTP 403.</summary>
    Forbidden,

    /// <summary>Retryable: a part that is needed is not there at the moment: HTTP 503.</summary>
    Unavailable,

    /// <summary>Retryable: too much of that kind is under way at the moment: HTTP 429.</summary>
    Busy,

    /// <summary>Stored bytes do not match their digest or checksum: HTTP 500.</summary>
    Damaged,

    /// <summary>A resource of the machine ran out (disk, memory): HTTP 507.</summary>
    Exhausted,
}
