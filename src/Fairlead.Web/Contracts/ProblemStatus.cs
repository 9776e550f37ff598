using Fairlead.Domain.Problems;

namespace Fairlead.Web.Contracts;

/// <summary>The one place where kinds of problems and HTTP statuses meet.</summary>
public static class ProblemStatus
{
    private static readonly (ProblemKind Kind, int Status)[] Table =
    [
        (ProblemKind.Invalid, 400),
        (ProblemKind.Unauthenticated, 401),
        (ProblemKind.Forbidden, 403),
        (ProblemKind.NotFound, 404),
        (ProblemKind.Conflict, 409),
        (ProblemKind.TooLarge, 413),
        (ProblemKind.Failed, 422),
        (ProblemKind.Busy, 429),
        (ProblemKind.Damaged, 500),
        (ProblemKind.Unavailable, 503),
        (ProblemKind.Exhausted, 507),
    ];

    public static int Of(ProblemKind kind) => Table.First(pair => pair.Kind == kind).Status;

    /// <summary>The kind that a status stands for; a status of no kind is a failure, and so is a bare 500, which need not mean damage.</summary>
    public static ProblemKind KindOf(int status)
    {
        foreach (var pair in Table)
        {
            if (pair.Status == status && pair.Kind != ProblemKind.Damaged)
                return pair.Kind;
        }

        return status is >= 400 and < 500 ? ProblemKind.Invalid : ProblemKind.Failed;
    }
}
