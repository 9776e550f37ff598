using System.Globalization;
using Fairlead.Domain.Deployments;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes out of an environment's checked map how it is deployed to, and reports keys that do not go together.</summary>
internal sealed class DeliveryBuilder(ProblemList problems)
{
    /// <summary>Null when nothing is said.</summary>
    public DeliveryPolicy? Build(string environment, YamlMap body)
    {
        if (!DeliveryRules.OfEnvironment.Any(rule => body.Find(rule.Name) is not null))
            return null;
        var keep = body.Text(Keys.KeepPrevious);
        var isCount = keep is not null && char.IsAsciiDigit(keep[^1]);
        return new DeliveryPolicy
        {
            Strategy = BuildStrategy(environment, body),
            KeepCount = isCount ? int.Parse(keep!, CultureInfo.InvariantCulture) : null,
            KeepFor = keep is not null && !isCount ? TextFormats.ToTimeSpan(keep) : null,
            Guard = AmountOf(body, Keys.Guard),
            Health = body.Find(Keys.Health) is null ? null : BuildHealth(body.Map(Keys.Health)),
        };
    }

    private Strategy? BuildStrategy(string environment, YamlMap body)
    {
        StrategyKind? kind = StrategyWords.TryParse(body.Text(Keys.Strategy), out var known) ? known : null;
        foreach (var (key, kinds) in DeliveryRules.KindsOf)
        {
            if (body.Find(key) is { } entry && (kind is null || !kinds.Contains(kind.Value)))
            {
                var words = string.Join(" or ", kinds.Select(candidate => $"'{candidate.Word()}'"));
                problems.Add(entry.Key.Place, $"'{key}' in environment '{environment}' is for the strategy {words}; add '{Keys.Strategy}: {kinds[0].Word()}', or remove it");
            }
        }

        if (kind is null)
            return null;
        if (kind == StrategyKind.Custom && body.Text(Keys.Pipeline) is null)
            problems.Add(body.Scalar(Keys.Strategy)!.Place, $"the strategy 'custom' of environment '{environment}' names no pipeline; add '{Keys.Pipeline}: NAME'");
        return new Strategy
        {
            Kind = kind.Value,
            Traffic = BuildTraffic(environment, body),
            Each = body.Text(Keys.Each) is { } each ? TextFormats.ToTimeSpan(each) : TimeSpan.Zero,
            Baseline = body.Text(Keys.Baseline) == "fresh",
            Batch = AmountOf(body, Keys.Batch),
            Surge = AmountOf(body, Keys.Surge),
            Unavailable = AmountOf(body, Keys.Unavailable) ?? default,
            Mirror = kind == StrategyKind.Shadow ? body.Text(Keys.Mirror) is { } mirror ? WeightOf(mirror) : Weight.All : Weight.None,
            Analyse = body.List(Keys.Analyse).Texts,
            PauseOnBadHealth = body.Text(Keys.OnBadHealth) == "pause",
            Pipeline = body.Text(Keys.Pipeline),
        };
    }

    private List<Weight> BuildTraffic(string environment, YamlMap body)
    {
        var items = body.List(Keys.Traffic).Items.OfType<YamlScalar>().ToList();
        var weights = items.ConvertAll(item => WeightOf(item.Value));
        for (var i = 1; i < weights.Count; i++)
        {
            if (weights[i].Hundredths <= weights[i - 1].Hundredths)
                problems.Add(items[i].Place, $"'{Keys.Traffic}' of environment '{environment}' goes from {weights[i - 1]} to {weights[i]}; let it rise");
        }

        if (weights.Count > 0 && weights[^1] != Weight.All)
            problems.Add(items[^1].Place, $"'{Keys.Traffic}' of environment '{environment}' ends at {weights[^1]}; add '100%', so that a rollout can end");
        return weights;
    }

    private static HealthRule BuildHealth(YamlMap health) => new()
    {
        Errors = health.Text(Keys.Errors) is { } errors ? double.Parse(errors.AsSpan(1, errors.Length - 2), CultureInfo.InvariantCulture) / 100 : HealthRule.Default.Errors,
        For = health.Text(Keys.For) is { } period ? TextFormats.ToTimeSpan(period) : HealthRule.Default.For,
    };

    private static Amount? AmountOf(YamlMap body, string key) => body.Text(key) is { } text ? Amount.Parse(text) : null;

    private static Weight WeightOf(string share) => new((int)(decimal.Parse(share.AsSpan(..^1), CultureInfo.InvariantCulture) * 100));
}
