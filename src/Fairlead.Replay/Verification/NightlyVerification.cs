using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Replay.Verification;

/// <summary>Verifies once a day a sample of the day before, for each service and environment that took traffic. Programs are left out: to call them may have effects.</summary>
public sealed class NightlyVerification(
    PredictionVerifier verifier, VerificationCatalog verifications, IServerGroupCatalog groups, TimeProvider time, ILogger<NightlyVerification> logger) : BackgroundService
{
    /// <summary>Predictions of each service and environment.</summary>
    public const int Sample = 50;

    /// <summary>Who asked, in the records.</summary>
    public const string User = "fairlead";

    // The day is over everywhere in the log by then, and machines have little to do.
    private static readonly TimeSpan Hour = TimeSpan.FromHours(2);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);
    private readonly Dictionary<(string Service, string Environment), DateTimeOffset> seen = [];

    /// <summary>Verifies what is due of the day before now; each service and day once.</summary>
    /// <returns>The reports that were made.</returns>
    public async Task<IReadOnlyList<VerificationReport>> RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        if (now - today < Hour)
            return [];
        var made = new List<VerificationReport>();
        var known = await groups.ListAsync(null, null, cancellationToken).ConfigureAwait(false);
        foreach (var (service, environment) in known.Where(group => group.EnabledAt is not null && group.Service.Command is null).Select(group => (group.Name.Service, group.Name.Environment)).Distinct())
        {
            if (await IsDoneAsync(service, environment, today, cancellationToken).ConfigureAwait(false))
                continue;
            if (await TryVerifyAsync(service, environment, today, cancellationToken).ConfigureAwait(false) is { } report)
                made.Add(report);
        }

        await verifications.ForgetAsync(now - KeptFor, cancellationToken).ConfigureAwait(false);
        return made;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PeriodicWork.RunAsync(Period, VerifyDueAsync, e => Log.NightFailed(logger, e, e.Message), time, stoppingToken);

    private async Task VerifyDueAsync(CancellationToken cancellationToken)
    {
        var reports = await RunOnceAsync(cancellationToken).ConfigureAwait(false);
        if (reports.Count > 0)
            Log.Verified(logger, reports.Sum(report => report.Checked), reports.Count, reports.Sum(report => report.Different + report.Damaged));
    }

    // A day without predictions leaves no report, and is not looked at again all the same.
    private async Task<bool> IsDoneAsync(string service, string environment, DateTimeOffset today, CancellationToken cancellationToken)
    {
        if (seen.TryGetValue((service, environment), out var last) && last == today)
            return true;
        var latest = await verifications.FindLatestAsync(VerificationCatalog.NameOf(service, environment), cancellationToken).ConfigureAwait(false);
        return latest is { By: User } && latest.Until >= today;
    }

    private async Task<VerificationReport?> TryVerifyAsync(string service, string environment, DateTimeOffset today, CancellationToken cancellationToken)
    {
        seen[(service, environment)] = today;
        try
        {
            var reports = await verifier.VerifySampleAsync(
                new VerificationOrder { Environment = environment, Service = service, Since = today.AddDays(-1), Until = today, Sample = Sample, User = User }, cancellationToken).ConfigureAwait(false);
            if (reports[0].IsAlarming)
                Log.Mismatch(logger, service, environment, reports[0].Different, reports[0].Damaged, reports[0].Number);
            return reports[0];
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.NotFound)
        {
            return null;
        }
    }
}
