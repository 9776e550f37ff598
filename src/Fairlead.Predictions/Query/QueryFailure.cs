using System.Text.RegularExpressions;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>Says what went wrong with a query in the terms of whoever asked.</summary>
internal sealed partial class QueryFailure(QueryOptions options, bool hasPredictions, bool hasOutcomes, CancellationToken caller)
{
    public Exception From(Exception cause) => cause switch
    {
        FairleadException => cause,
        OperationCanceledException when caller.IsCancellationRequested => cause,
        OperationCanceledException => new FairleadException(
            ProblemKind.Failed,
            $"The query did not end within {options.Timeout.TotalSeconds:0.###} s; narrow it, for example by \"date\", environment and service, or allow more time.",
            cause),
        DuckDbException { Kind: DuckDbErrorKind.OutOfMemory } => new FairleadException(
            ProblemKind.Exhausted,
            $"The query needs more memory than it may have ({FirstLine(cause.Message)}); narrow it, aggregate more, or allow more by 'fairlead up --query-memory'.",
            cause),
        DuckDbException when cause.Message.Contains("No space left", StringComparison.Ordinal) => new FairleadException(
            ProblemKind.Exhausted,
            $"The disk is full, and a query needs some of it: {cause.Message}; free space and ask again.",
            cause),
        // A statement can name no file itself.
        DuckDbException when FileName().Match(cause.Message) is { Success: true } file => new FairleadException(
            ProblemKind.Damaged,
            $"A file of predictions cannot be read: {cause.Message} Look for damage by 'fairlead fsck'; 'fairlead predictions quarantine {file.Groups[1].Value}' lets queries go on without it, and '--skip-damaged' this one.",
            cause),
        DuckDbException or NotSupportedException => new FairleadException(ProblemKind.Invalid, $"The query failed: {cause.Message}{Hint(cause.Message)}", cause),
        _ => cause,
    };

    // The others advise settings, which a query cannot change.
    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('.', ' ');

    // The fields of input, output and outcome come from the data; before there is any, none is known.
    private string Hint(string message) =>
        !message.Contains("nothing", StringComparison.Ordinal) && !message.Contains("struct", StringComparison.OrdinalIgnoreCase) ? ""
        : !hasPredictions ? " (There is no prediction yet, so that the fields of input and output are not known.)"
        : !hasOutcomes ? " (There is no outcome yet, so that the fields of outcome are not known.)"
        : "";

    [GeneratedRegex("""["']([^"']+\.parquet(?:\.new)?)["']""", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
