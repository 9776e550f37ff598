using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Monitoring.Drift.Requests;

/// <summary>A request as people write it; null where they leave the choice.</summary>
/// <param name="Service">Null for the only one that is live.</param>
/// <param name="Environment">Null for the only one in which the service is live, or <c>prod</c>.</param>
/// <param name="Window">Such as <c>24h</c>, <c>7d</c>.</param>
/// <param name="Since">A day or a moment.</param>
/// <param name="Until">A day or a moment.</param>
/// <param name="Every"><c>day</c>, <c>week</c> or <c>month</c>.</param>
/// <param name="Against">See <see cref="DriftAgainst.Parse"/>.</param>
/// <param name="By">An input.</param>
public sealed record DriftQuery(
    string? Service = null, string? Environment = null, string? Window = null, string? Since = null, string? Until = null, string? Every = null, IReadOnlyList<string>? Against = null, string? By = null)
{
    private const string MainEnvironment = "prod";

    /// <summary>True when it asks for nothing in particular, so that a stored report answers it.</summary>
    public bool IsPlain => this is { Window: null, Since: null, Until: null, Every: null, Against: null or { Count: 0 }, By: null };

    /// <exception cref="FairleadException">Invalid: a part cannot be read, or it is not clear what is meant; NotFound: nothing is live.</exception>
    public DriftRequest Read(IReadOnlyList<ServerGroup> groups)
    {
        var (service, environment) = Find(groups);
        if (Window is not null && Since is not null)
            throw FairleadException.Invalid("Either a window or a beginning is given, not both.");
        return new DriftRequest
        {
            Service = service,
            Environment = environment,
            Window = Window is null ? DriftRequest.DefaultWindow : PeriodText.ParseSpan(Window),
            Since = Since is null ? null : PeriodText.ParseTime(Since),
            Until = Until is null ? null : PeriodText.ParseTime(Until),
            Every = Every switch
            {
                null => null,
                "day" => DriftStride.Day,
                "week" => DriftStride.Week,
                "month" => DriftStride.Month,
                _ => throw FairleadException.Invalid($"'{Every}' is no stride; expected day, week or month."),
            },
            Against = [.. (Against ?? []).Select(DriftAgainst.Parse)],
            By = By,
        };
    }

    private (string Service, string Environment) Find(IReadOnlyList<ServerGroup> groups)
    {
        var live = groups.Where(group => group.Status == ServerGroupStatus.Enabled)
            .Select(group => (group.Name.Service, group.Name.Environment)).Distinct()
            .Where(pair => (Service is null || pair.Service == Service) && (Environment is null || pair.Environment == Environment))
            .Order().ToList();
        if (Environment is null && live.Any(pair => pair.Environment == MainEnvironment))
            live.RemoveAll(pair => pair.Environment != MainEnvironment);
        return live.Count switch
        {
            1 => live[0],
            // The analyzer says what is live instead.
            0 => (Service ?? "", Environment ?? MainEnvironment),
            _ => throw FairleadException.Invalid($"Several services are live; name one of {string.Join(", ", live.Select(pair => $"'{pair.Service}' in '{pair.Environment}'"))}."),
        };
    }
}
