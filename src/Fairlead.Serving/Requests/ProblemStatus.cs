using Fairlead.Domain.Problems;

namespace Fairlead.Serving.Requests;

/// <summary>The one place where the host maps a problem to an HTTP status.</summary>
internal static class ProblemStatus
{
    public static int Of(ProblemKind kind) => kind switch
    {
        ProblemKind.Invalid => 400,
        ProblemKind.Unauthenticated => 401,
        ProblemKind.NotFound => 404,
        ProblemKind.Conflict => 409,
        ProblemKind.TooLarge => 413,

        // A model that fails on a request fails on what the client sent.
        ProblemKind.Failed => 400,
        ProblemKind.Damaged => 500,
        ProblemKind.Unavailable => 503,
        ProblemKind.Exhausted => 507,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind of problem"),
    };
}
