using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes KPIs and alerts out of their checked maps, and reports what does not resolve or go together.</summary>
internal sealed partial class MonitoringBuilder(References references, ProblemList problems)
{
    private const string Latency = "latency.";
    private static readonly TimeSpan UsualDelay = TimeSpan.FromHours(24);

    public KpiDefinition BuildKpi(string name, YamlMap body)
    {
        var sql = body.Text(Keys.Sql) ?? "";
        return new KpiDefinition
        {
            Name = name,
            Sql = sql.Trim(),
            Goal = body.Text(Keys.Goal) is { } goal ? ThresholdOf(goal) : null,
            Window = body.Text(Keys.Window) is { } window ? TextFormats.ToTimeSpan(window) : KpiDefinition.DefaultWindow,
            Service = body.Scalar(Keys.Service) is { } service ? references.Service(service, $"KPI '{name}'") : null,
            By = body.List(Keys.By).Texts,
            Environments = [.. body.List(Keys.Environments).Items.OfType<YamlScalar>().Select(environment => references.Environment(environment, $"KPI '{name}'"))],
            MinRows = body.Text(Keys.MinRows) is { } rows ? int.Parse(rows, CultureInfo.InvariantCulture) : KpiDefinition.DefaultMinRows,
            OutcomeDelay = body.Text(Keys.OutcomeDelay) is { } delay ? TextFormats.ToTimeSpan(delay)
                : sql.Contains(Keys.Outcome, StringComparison.OrdinalIgnoreCase) ? UsualDelay : TimeSpan.Zero,
        };
    }

    public AlertDefinition BuildAlert(string name, YamlMap body)
    {
        var condition = body.Scalar(Keys.When);
        var metric = condition is null ? null : Condition().Match(condition.Value).Groups["metric"].Value;
        if (condition is not null)
            CheckCondition(name, body, condition, metric!);
        return new AlertDefinition
        {
            Name = name,
            Metric = metric,
            Condition = condition is null ? null : ThresholdOf(condition.Value),
            Sql = body.Text(Keys.Sql)?.Trim(),
            Service = body.Scalar(Keys.Service) is { } service ? references.Service(service, $"alert '{name}'") : null,
            Environment = body.Scalar(Keys.Environment) is { } environment ? references.Environment(environment, $"alert '{name}'") : null,
            Window = body.Text(Keys.Window) is { } window ? TextFormats.ToTimeSpan(window) : AlertDefinition.DefaultWindow,
            For = body.Text(Keys.For) is { } duration ? TextFormats.ToTimeSpan(duration) : TimeSpan.Zero,
            Severity = body.Text(Keys.Severity) == "page" ? AlertSeverity.Page : AlertSeverity.Warn,
            Rollback = IsRollback(name, body, metric),
            IsOff = body.Text(Keys.State) == "off",
        };
    }

    public static LineageDefinition? BuildLineage(YamlMap body) =>
        body.Text(Keys.OpenLineage) is { } target ? new LineageDefinition(target, body.Text(Keys.Namespace), body.Text(Keys.KeyEnv)) : null;

    /// <summary>What goes back must be known: a query of its own says nothing of an environment.</summary>
    private bool IsRollback(string name, YamlMap body, string? metric)
    {
        if (body.Scalar(Keys.Rollback) is not { } scalar || !CoreSchema.ToJson(scalar).GetBoolean())
            return false;
        if (metric == AlertDefinition.OwnValue && body.Find(Keys.Environment) is null)
            problems.Add(scalar.Place, $"alert '{name}' takes releases back, and its query is about no environment; add '{Keys.Environment}'");
        return true;
    }

    private void CheckCondition(string name, YamlMap body, YamlScalar condition, string metric)
    {
        if ((body.Find(Keys.Sql) is not null) != (metric == AlertDefinition.OwnValue))
        {
            problems.Add(condition.Place, body.Find(Keys.Sql) is null
                ? $"alert '{name}' compares '{AlertDefinition.OwnValue}', which is the result of its '{Keys.Sql}'; add that, or name a metric"
                : $"alert '{name}' has '{Keys.Sql}' and compares '{metric}'; write '{AlertDefinition.OwnValue}' for the result of its query, or remove the query");
        }

        if (Condition().Match(condition.Value).Groups["unit"].Value is "ms" or "s" && !metric.StartsWith(Latency, StringComparison.Ordinal))
            problems.Add(condition.Place, $"alert '{name}' compares '{metric}' with a duration; only '{Latency}…' has one, so write a number");
    }

    /// <summary>Percent become shares, and seconds milliseconds.</summary>
    private static Threshold ThresholdOf(string text)
    {
        var match = Condition().Match(text);
        var value = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        return new Threshold(Threshold.OperatorOf(match.Groups["comparison"].Value), match.Groups["unit"].Value switch
        {
            "%" => value / 100,
            "s" => value * 1000,
            _ => value,
        });
    }

    [GeneratedRegex(@"\A(?<metric>[^<>= ]*) *(?<comparison>[<>]=?) *(?<number>-?[0-9.]+)(?<unit>ms|s|%)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Condition();
}
