using System.Text.RegularExpressions;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Monitoring.Experiments.Design;

/// <summary>Makes a design of an order, or says what is wrong with it.</summary>
internal static partial class ExperimentDesigner
{
    private const int MostArms = 8;
    private const int MostMetrics = 32;

    /// <param name="groups">Every recorded server group of the environment.</param>
    /// <exception cref="FairleadException">Invalid, NotFound: service or arm, Conflict: an arm that is not warm.</exception>
    public static ExperimentDesign Design(ExperimentOrder order, IReadOnlyList<ServerGroup> groups)
    {
        if (!Name().IsMatch(order.Name))
            throw FairleadException.Invalid($"'{order.Name}' is no name of an experiment; take 1 to 64 lower-case letters, digits and hyphens, beginning with a letter.");
        CheckNumbers(order);
        return new ExperimentDesign
        {
            Service = order.Service,
            Environment = order.Environment,
            Arms = Arms(order, groups),
            Metrics = Metrics(order),
            Covariate = string.IsNullOrWhiteSpace(order.Covariate) ? null : order.Covariate.Trim(),
            Alpha = order.Alpha,
            Power = order.Power,
            MinimumEffect = order.MinimumEffect is { } effect ? Math.Abs(effect) : null,
            Days = order.Days,
            Hypothesis = order.Hypothesis,
        };
    }

    private static void CheckNumbers(ExperimentOrder order)
    {
        if (!(order.Alpha is > 0 and <= 0.5))
            throw FairleadException.Invalid($"The level '{order.Alpha}' is not between 0 and 0.5; 0.05 is usual.");
        if (!(order.Power >= 0.5 && order.Power < 1))
            throw FairleadException.Invalid($"The power '{order.Power}' is not from 0.5 to below 1; 0.8 is usual.");
        if (!(order.Days is > 0 and <= 366))
            throw FairleadException.Invalid($"The duration of '{order.Days}' days is not between 0 and 366; 14 days are usual.");
        if (order.MinimumEffect is { } effect && !(Math.Abs(effect) is > 0 and <= 10))
            throw FairleadException.Invalid($"The minimum effect '{effect}' is not a share of the control between 0 and 10; give something like '2%'.");
    }

    private static List<ExperimentArm> Arms(ExperimentOrder order, IReadOnlyList<ServerGroup> groups)
    {
        if (order.Treatments.Count == 0)
            throw FairleadException.Invalid("No treatment is named; name the server group to compare with the control, such as '--treatment late-prod-v002'.");
        if (order.Treatments.Count + 1 > MostArms)
            throw FairleadException.Invalid($"There are {order.Treatments.Count + 1} arms; take {MostArms} at most.");
        var names = order.Treatments.Prepend(order.Control).ToList();
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw FairleadException.Invalid($"The server group '{twice.Key}' is an arm twice; name it once.");
        var shares = SplitParser.Parse(order.Split, order.Treatments.Count);
        return [.. names.Select((name, i) => new ExperimentArm(Arm(name, order, groups), shares[i]))];
    }

    private static ServerGroupName Arm(string text, ExperimentOrder order, IReadOnlyList<ServerGroup> groups)
    {
        var own = groups.Where(group => group.Name.Service == order.Service && group.Name.Environment == order.Environment).ToList();
        if (own.Count == 0)
            throw FairleadException.NotFound($"The service '{order.Service}' was never deployed to '{order.Environment}'; 'fairlead status' says what runs where.");
        var group = own.FirstOrDefault(candidate => candidate.Name.ToString() == text)
            ?? throw FairleadException.NotFound(
                $"There is no server group '{text}' of '{order.Service}' in '{order.Environment}' ({NearestName.Hint(text, [.. own.Where(IsUsable).Select(known => known.Name.ToString())])}).");
        return IsUsable(group)
            ? group.Name
            : throw FairleadException.Conflict($"The server group '{text}' is {group.Status.ToString().ToLowerInvariant()} and can be no arm: deploy its release {group.Release} again.");
    }

    private static List<ExperimentMetric> Metrics(ExperimentOrder order)
    {
        List<ExperimentMetric> metrics =
        [
            .. order.Metrics.Select(metric => MetricParser.Metric(metric, MetricRole.Primary)),
            .. order.Secondaries.Select(metric => MetricParser.Metric(metric, MetricRole.Secondary)),
            .. order.Guardrails.Select(MetricParser.Guardrail),
        ];
        if (order.Metrics.Count == 0)
            throw FairleadException.Invalid("No metric is named to decide by; name one, such as '--metric \"clicked=avg(outcome.clicked)\"'.");
        if (metrics.Count > MostMetrics)
            throw FairleadException.Invalid($"There are {metrics.Count} metrics; take {MostMetrics} at most.");
        return metrics.GroupBy(metric => metric.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw FairleadException.Invalid($"The name '{twice.Key}' is given to {twice.Count()} metrics; give each its own.")
            : metrics;
    }

    private static bool IsUsable(ServerGroup group) => group.Status is ServerGroupStatus.Enabled or ServerGroupStatus.Disabled;

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,63}\z")]
    private static partial Regex Name();
}
