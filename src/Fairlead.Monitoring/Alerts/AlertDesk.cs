using Fairlead.Domain.Deployments;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Monitoring.Alerts.Readings;
using Fairlead.Predictions.Analysis;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Alerts;

/// <summary>Where rules are looked at, and alerts are seen, silenced and acknowledged.</summary>
public sealed class AlertDesk : IDisposable
{
    /// <summary>A silence may not be forgotten for good.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromDays(30);

    private const int ShownNotices = 50;
    private readonly AlertStore store;
    private readonly INoticeOutbox outbox;
    private readonly INoticeCatalog notices;
    private readonly WatchedProject project;
    private readonly RuleReader reader;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    // One change of the states at a time, so that none is lost.
    private readonly SemaphoreSlim changing = new(1);
    private volatile IReadOnlyDictionary<string, string> problems = new Dictionary<string, string>();

    /// <param name="hosts">What the hosts that can be reached last said of themselves.</param>
    public AlertDesk(
        IWorkspace workspace,
        PredictionAnalysis analysis,
        IRecordCatalog records,
        INoticeOutbox outbox,
        INoticeCatalog notices,
        IServerGroupCatalog serverGroups,
        Func<IReadOnlyList<HostReport>> hosts,
        TimeProvider time,
        ILogger<AlertDesk> logger)
    {
        store = new AlertStore(records);
        (this.outbox, this.notices) = (outbox, notices);
        project = new WatchedProject(workspace);
        reader = new RuleReader(analysis, records, serverGroups, hosts, time);
        this.time = time;
        this.logger = logger;
    }

    /// <summary>Looks at every rule once.</summary>
    /// <returns>How many messages were put on their way.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var definition = await project.ReadAsync(cancellationToken).ConfigureAwait(false);
        var rules = AlertRules.Of(definition);
        var read = await reader.ReadAsync(rules, definition, cancellationToken).ConfigureAwait(false);
        Note(read.Where(entry => entry.Problem is not null).ToDictionary(entry => entry.Rule.Name, entry => entry.Problem!, StringComparer.Ordinal));
        await changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = time.GetUtcNow();
            var states = (await store.ListStatesAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(known => (known.State.Rule, known.State.Target));
            var told = 0;
            foreach (var (rule, readings, _) in read)
                told += await EvaluateAsync(definition, rule, readings, states, now, cancellationToken).ConfigureAwait(false);
            var names = rules.Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var (number, state) in states.Values.Where(known => !names.Contains(known.State.Rule) && known.State.Phase != AlertPhase.Ok))
                told += await ApplyAsync(definition, null, number, state, AlertMachine.End(state, now), cancellationToken).ConfigureAwait(false);
            return told;
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Every rule; firing ones first.</summary>
    public async Task<IReadOnlyList<AlertReport>> ListAsync(CancellationToken cancellationToken)
    {
        var rules = AlertRules.Of(await project.ReadAsync(cancellationToken).ConfigureAwait(false));
        var states = (await store.ListStatesAsync(cancellationToken).ConfigureAwait(false)).ToLookup(known => known.State.Rule, known => known.State, StringComparer.Ordinal);
        var now = time.GetUtcNow();
        var reports = new List<AlertReport>(rules.Count);
        foreach (var rule in rules)
        {
            reports.Add(new AlertReport
            {
                Rule = rule,
                States = [.. states[rule.Name].OrderByDescending(state => state.Phase).ThenByDescending(state => state.FiredAt).ThenBy(state => state.Target, StringComparer.Ordinal)],
                Silence = await store.FindSilenceAsync(rule.Name, now, cancellationToken).ConfigureAwait(false),
                Problem = problems.GetValueOrDefault(rule.Name),
            });
        }

        return [.. reports.OrderByDescending(report => report.Phase).ThenByDescending(report => report.Rule.Severity)];
    }

    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task<AlertDetails> FindAsync(string rule, CancellationToken cancellationToken)
    {
        var reports = await ListAsync(cancellationToken).ConfigureAwait(false);
        var report = reports.FirstOrDefault(known => known.Rule.Name == rule)
            ?? throw FairleadException.NotFound($"There is no alert '{rule}' ({NearestName.Hint(rule, [.. reports.Select(known => known.Rule.Name)])}).");
        return new AlertDetails(report, await notices.ListAsync(new NoticeFilter { Subject = AlertNotices.SubjectOf(rule), Limit = ShownNotices }, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Nobody is told of the rule's alerts for a while; what still fires at its end is told then.</summary>
    /// <exception cref="FairleadException">NotFound: the rule; Invalid: no reason, or a duration that cannot be; Conflict: it is to end and there is none.</exception>
    public async Task<AlertDetails> SilenceAsync(string rule, AlertSilenceOrder order, CancellationToken cancellationToken)
    {
        var known = await FindAsync(rule, cancellationToken).ConfigureAwait(false);
        if (order.Seconds < 0 || order.Seconds > LongestSilence.TotalSeconds)
            throw FairleadException.Invalid($"A silence of '{order.Seconds}' s cannot be; use 0 to end one, and {LongestSilence.TotalDays:0} days at most.");
        if (order.Seconds > 0 && string.IsNullOrWhiteSpace(order.Reason))
            throw FairleadException.Invalid("A silence needs a reason that others can read; add one.");
        if (order.Seconds == 0 && known.Report.Silence is null)
            throw FairleadException.Conflict($"The alert '{rule}' is not silenced, so there is nothing to end.");
        var now = time.GetUtcNow();
        var silence = new AlertSilence(rule, order.Reason ?? "", order.User, now, now + TimeSpan.FromSeconds(order.Seconds));
        await store.AddSilenceAsync(silence, cancellationToken).ConfigureAwait(false);
        Log.Silenced(logger, rule, silence.Until, order.User, silence.Reason);
        return await FindAsync(rule, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says who looks after what fires.</summary>
    /// <exception cref="FairleadException">NotFound: the rule; Conflict: nothing of it fires.</exception>
    public async Task<AlertDetails> AcknowledgeAsync(string rule, AlertAcknowledgement acknowledgement, CancellationToken cancellationToken)
    {
        await FindAsync(rule, cancellationToken).ConfigureAwait(false);
        await changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var firing = (await store.ListStatesAsync(cancellationToken).ConfigureAwait(false))
                .Where(known => known.State.Rule == rule && known.State.Phase == AlertPhase.Firing && (acknowledgement.Target is null || acknowledgement.Target == known.State.Target)).ToList();
            if (firing.Count == 0)
                throw FairleadException.Conflict($"The alert '{rule}' does not fire{(acknowledgement.Target is { } target ? $" for '{target}'" : "")}, so there is nothing to acknowledge.");
            foreach (var (number, state) in firing)
                await store.PutStateAsync(number, state with { AcknowledgedBy = acknowledgement.User, AcknowledgedAt = time.GetUtcNow() }, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            changing.Release();
        }

        return await FindAsync(rule, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => changing.Dispose();

    private async Task<int> EvaluateAsync(
        ProjectDefinition definition, AlertRule rule, IReadOnlyList<AlertReading> readings, Dictionary<(string Rule, string Target), (int Number, AlertState State)> states, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isSilenced = await store.FindSilenceAsync(rule.Name, now, cancellationToken).ConfigureAwait(false) is not null;
        var targets = readings.Select(reading => reading.Target).ToHashSet(StringComparer.Ordinal);
        // What there is no reading of any more is not known to be fine.
        var gone = states.Where(known => known.Key.Rule == rule.Name && !targets.Contains(known.Key.Target)).Select(known => new AlertReading(known.Key.Target, null, null, null));
        var told = 0;
        foreach (var reading in readings.Concat(gone))
        {
            (int Number, AlertState State)? known = states.TryGetValue((rule.Name, reading.Target), out var found) ? found : null;
            var step = AlertMachine.Next(known?.State, rule, reading, now, isSilenced);
            if (known is not null || step.State.Phase != AlertPhase.Ok)
                told += await ApplyAsync(definition, rule, known?.Number, known?.State, step, cancellationToken).ConfigureAwait(false);
        }

        return told;
    }

    private async Task<int> ApplyAsync(ProjectDefinition definition, AlertRule? rule, int? number, AlertState? before, AlertStep step, CancellationToken cancellationToken)
    {
        var state = step.State;
        if (step.HasFired && rule is not null)
            Log.Fired(logger, state.Rule, rule.Severity, state.Target, $"{rule.Metric} {rule.Condition}", state.Value);
        if (step.HasResolved)
            Log.Resolved(logger, state.Rule, state.Target);
        // The message first: when the process ends between the two it is told twice rather than never.
        if (step.Change is { } change)
            await outbox.AddAsync(AlertNotices.Of(definition, rule, state, change), cancellationToken).ConfigureAwait(false);
        if (before is not { Phase: AlertPhase.Ok } || state.Phase != AlertPhase.Ok)
            await store.PutStateAsync(number, state, cancellationToken).ConfigureAwait(false);
        return step.Change is null ? 0 : 1;
    }

    private void Note(Dictionary<string, string> found)
    {
        foreach (var (rule, problem) in found.Where(pair => problems.GetValueOrDefault(pair.Key) != pair.Value))
            Log.RuleFailed(logger, rule, problem);
        problems = found;
    }
}
