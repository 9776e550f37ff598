using System.Text.RegularExpressions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Predictions.Query;

namespace Fairlead.Web.Endpoints;

/// <summary>Finds runs by a condition in SQL, which is computed where queries are and can read the table of runs alone.</summary>
internal sealed partial class RunSearch(IRunCatalog runs, IRunAnnotations annotations, PredictionQuery query)
{
    private const string Table = "runs";

    /// <summary>Up to so many are read one by one.</summary>
    private const int MostLookups = 200;
    private const int LongestShown = 200;

    private static readonly string[] Statuses = [.. Enum.GetNames<RunStatus>().Select(name => char.ToLowerInvariant(name[0]) + name[1..])];

    /// <exception cref="FairleadException">Invalid: what is wrong with the filter.</exception>
    public async Task<IReadOnlyList<Run>> FindAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Limit is < 1 or > RunFilter.MaxLimit)
            throw FairleadException.Invalid($"The limit '{filter.Limit}' is not accepted; expected 1 to {RunFilter.MaxLimit}.");
        var found = filter.IsPlain
            ? await runs.ListAsync(string.IsNullOrWhiteSpace(filter.Step) ? null : filter.Step.Trim(), filter.Limit, cancellationToken)
            : await ReadAsync(await SelectAsync(filter, cancellationToken), cancellationToken);
        return await annotations.AnnotateAsync(found, cancellationToken);
    }

    private async Task<IReadOnlyList<RunId>> SelectAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        var conditions = new List<string> { "true" };
        Add(filter.Step, "step", "step = $step");
        Add(filter.Tag, "tag", "list_contains(tags, $tag)");
        if (!string.IsNullOrWhiteSpace(filter.Status) && !Statuses.Contains(filter.Status.Trim()))
            throw FairleadException.Invalid($"The status '{Callers.Clean(filter.Status)}' is none that a run can have; {NearestName.Hint(filter.Status.Trim(), Statuses)}.");
        Add(filter.Status, "status", "status = $status");
        // A comment at the condition's end must not swallow what follows it.
        if (!string.IsNullOrWhiteSpace(filter.Where))
            conditions.Add($"({filter.Where}\n)");
        var sql = $"select run from {Table} where {string.Join(" and ", conditions)} order by {string.Join(", ", Order(filter.Sort))} limit {filter.Limit}";
        try
        {
            var ids = new List<RunId>();
            await using var result = await query.RunAsync(sql, new QueryOptions { Parameters = parameters, Readable = [Table] }, cancellationToken);
            await foreach (var row in result.ReadRowsAsync(cancellationToken))
                ids.Add(RunId.Parse((string)row[0]!));
            return ids;
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Invalid)
        {
            throw Explain(filter, e);
        }

        void Add(string? value, string name, string condition)
        {
            if (string.IsNullOrWhiteSpace(value))
                return;
            parameters[name] = value.Trim();
            conditions.Add(condition);
        }
    }

    private async Task<IReadOnlyList<Run>> ReadAsync(IReadOnlyList<RunId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count > MostLookups)
        {
            var all = (await runs.ListAsync(null, int.MaxValue, cancellationToken)).ToDictionary(run => run.Id);
            return [.. ids.Where(all.ContainsKey).Select(id => all[id])];
        }

        var found = new List<Run>(ids.Count);
        foreach (var id in ids)
        {
            if (await runs.FindAsync(id, cancellationToken) is { } run)
                found.Add(run);
        }

        return found;
    }

    /// <summary>Columns are named, not written: what stands here is quoted.</summary>
    private static IEnumerable<string> Order(string? sort)
    {
        foreach (var part in (sort ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var column = part.TrimStart('-', '+');
            // All that follows the first dot is one name: metrics are often called such as 'test.auc'.
            var names = column.Split('.', 2).Select(name => name.Trim('"').Replace("\"", "\"\"", StringComparison.Ordinal)).ToList();
            if (names.Exists(name => name.Length == 0))
                throw FairleadException.Invalid($"'{Callers.Clean(part)}' is no column to sort by; name one such as 'started' or '-metrics.auc'.");
            yield return string.Join('.', names.Select(name => $"\"{name}\"")) + (part.StartsWith('-') ? " desc nulls last" : " nulls last");
        }

        yield return "started desc";
        yield return "number desc";
    }

    /// <summary>One sentence about what was asked, out of the engine's message about the statement that was made of it.</summary>
    private static FairleadException Explain(RunFilter filter, FairleadException cause)
    {
        var said = ErrorText().Match(cause.Message) is { Success: true } match ? match.Groups[1].Value.Trim().TrimEnd('.', '!') : cause.Message.Split('\n')[0].TrimEnd('.');
        var near = Candidates().Match(cause.Message) is { Success: true } candidate ? $"; did you mean '{candidate.Groups[1].Value}'?" : ".";
        var asked = string.IsNullOrWhiteSpace(filter.Where) ? $"sort '{filter.Sort}'" : string.IsNullOrWhiteSpace(filter.Sort) ? $"condition '{filter.Where}'" : $"condition '{filter.Where}' with sort '{filter.Sort}'";
        return new FairleadException(ProblemKind.Invalid, $"The {Domain.Identity.AuditText.Clean(asked, LongestShown)} cannot be used: {said}{near}", cause);
    }

    [GeneratedRegex("(?:Error|query failed|does not parse): (?:[A-Z][a-z]+ Error: )?([^\n]+)")]
    private static partial Regex ErrorText();

    [GeneratedRegex("(?:Candidate Entries|Candidate bindings|Did you mean)[^\"]*\"([^\"]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Candidates();
}
