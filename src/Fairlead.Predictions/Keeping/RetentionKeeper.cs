using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Keeping;

/// <summary>Removes predictions that are older than their service keeps them, whole days at a time, and the outcomes of them.</summary>
public sealed class RetentionKeeper(
    StateFolder folder, SegmentManifest manifest, LogCompactor compactor, FileSwitch files, IServerGroupCatalog serverGroups, TimeProvider time, ILogger<RetentionKeeper> logger)
{
    private const string Work = "kept";
    private const string ExpiredIds = "expired_ids";
    private readonly FileRewriter rewriter = new(folder, time);

    /// <summary>Removes what is too old now. What is still in the log is compacted first.</summary>
    public async Task<RetentionReport> RunOnceAsync(CancellationToken cancellationToken)
    {
        var rules = new RetentionRules(await serverGroups.ListAsync(null, null, cancellationToken).ConfigureAwait(false), time.GetUtcNow());
        var report = RetentionReport.Nothing;
        if (rules.Rules.Count == 0)
            return report;
        await compactor.RunInBackgroundAsync(cancellationToken).ConfigureAwait(false);
        using var hold = await files.EnterAsync(cancellationToken).ConfigureAwait(false);
        using var held = files.HoldAll();
        using var scratch = new ScratchDatabase(folder);
        foreach (var rule in rules.Rules)
            report += await ExpireAsync(scratch.Connection, rule, cancellationToken).ConfigureAwait(false);
        report += await ExpireKeyedAsync(scratch.Connection, rules, cancellationToken).ConfigureAwait(false);
        return report;
    }

    private async Task<RetentionReport> ExpireAsync(DuckDbConnection connection, RetentionRule rule, CancellationToken cancellationToken)
    {
        var listed = await manifest.ReadAsync(cancellationToken).ConfigureAwait(false);
        var expired = listed.Files.Where(file => IsExpired(FilePartition.Of(file), rule)).ToList();
        if (expired.Count == 0)
            return RetentionReport.Nothing;
        var outcomes = listed.Files.Where(file => !PredictionLayout.IsPredictions(file.Path) && !PredictionLayout.IsKeyedFile(file.Path)).ToList();
        var thinned = await CompactionThread.RunAsync(() => WithoutOutcomesOf(connection, expired, outcomes, cancellationToken), givesWay: true).ConfigureAwait(false);
        // In one step: an outcome never stays behind its prediction.
        await ReplaceAsync(expired, thinned).ConfigureAwait(false);
        var report = new RetentionReport(expired.Sum(file => file.Rows), thinned.Sum(file => file.Removed), expired.Count + thinned.Count);
        Log.Expired(logger, report.Predictions, rule.Service, rule.Environment, rule.FirstKept, report.Outcomes, report.Files);
        return report;
    }

    private static bool IsExpired(FilePartition partition, RetentionRule rule) =>
        partition.Service == rule.Service && partition.Environment == rule.Environment && partition.Day < rule.FirstKept && partition.Day > DateOnly.MinValue;

    private List<ThinnedFile> WithoutOutcomesOf(DuckDbConnection connection, List<CompactedFile> expired, List<CompactedFile> outcomes, CancellationToken cancellationToken)
    {
        // What cannot be read is too old all the same.
        var readable = expired.Where(rewriter.IsWhole).ToList();
        if (readable.Count == 0 || outcomes.Count == 0)
            return [];
        connection.Execute($"CREATE OR REPLACE TABLE {ExpiredIds} AS SELECT id FROM {rewriter.Read(readable)}", cancellationToken);
        var removal = new RowRemoval(rewriter, connection, Work, cancellationToken);
        return [.. outcomes.Select(file => removal.Thin(file, $"prediction IN (SELECT id FROM {ExpiredIds})")).OfType<ThinnedFile>()];
    }

    /// <summary>An outcome by key is about predictions before it: one from before the first kept day is about none that is left.</summary>
    private async Task<RetentionReport> ExpireKeyedAsync(DuckDbConnection connection, RetentionRules rules, CancellationToken cancellationToken)
    {
        var listed = await manifest.ReadAsync(cancellationToken).ConfigureAwait(false);
        var conditions = rules.Rules.Select(rule => (rule.FirstKeptMicroseconds, Condition: Condition(rule, $"environment = {DuckDbText.Literal(rule.Environment)}"))).ToList();
        conditions.AddRange(rules.Rules.Select(rule => rule.Service).Distinct(StringComparer.Ordinal).Select(rules.ForEveryEnvironment).OfType<RetentionRule>()
            .Select(rule => (rule.FirstKeptMicroseconds, Condition(rule, "environment IS NULL"))));
        var keyed = listed.Files.Where(file => PredictionLayout.IsKeyedFile(file.Path) && conditions.Exists(one => file.FirstTime < one.FirstKeptMicroseconds)).ToList();
        if (keyed.Count == 0)
            return RetentionReport.Nothing;
        var condition = string.Join(" OR ", conditions.Select(one => $"({one.Condition})"));
        var thinned = await CompactionThread.RunAsync(
            () =>
            {
                var removal = new RowRemoval(rewriter, connection, Work, cancellationToken);
                return keyed.Select(file => removal.Thin(file, condition)).OfType<ThinnedFile>().ToList();
            },
            givesWay: true).ConfigureAwait(false);
        if (thinned.Count > 0)
            await ReplaceAsync([], thinned).ConfigureAwait(false);
        return new RetentionReport(0, thinned.Sum(file => file.Removed), thinned.Count);

        static string Condition(RetentionRule rule, string environment) =>
            $"service = {DuckDbText.Literal(rule.Service)} AND {environment} AND \"time\" < make_timestamptz({rule.FirstKeptMicroseconds})";
    }

    private Task ReplaceAsync(IReadOnlyList<CompactedFile> expired, IReadOnlyList<ThinnedFile> thinned) =>
        files.ReplaceAsync([.. expired, .. thinned.Select(file => file.Old)], [.. thinned.Select(file => file.Fresh).OfType<CompactedFile>()]);
}
