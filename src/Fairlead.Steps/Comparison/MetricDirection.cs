using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Fairlead.Steps.Comparison;

/// <summary>Whether more of a metric is better, told by the words in its name where they say so.</summary>
internal static partial class MetricDirection
{
    private static readonly FrozenSet<string> LessIsBetter = new[]
    {
        "loss", "logloss", "error", "errors", "err", "rmse", "mse", "mae", "mape", "smape", "wer", "cer", "brier", "ece", "perplexity", "deviance", "latency", "seconds", "ms",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> MoreIsBetter = new[]
    {
        "auc", "auroc", "auprc", "accuracy", "acc", "precision", "recall", "f1", "r2", "score", "ap", "map", "mrr", "ndcg", "bleu", "rouge", "iou", "dice", "gini", "kappa", "mcc", "lift",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>1: more is better; -1: less is; null: nobody said.</summary>
    public static int? Of(string metric)
    {
        var words = Words().Matches(metric).Select(match => match.Value).ToList();
        return words.Exists(LessIsBetter.Contains) ? -1 : words.Exists(MoreIsBetter.Contains) ? 1 : null;
    }

    /// <summary>Places of the best values.</summary>
    public static IReadOnlyList<int> Best(string metric, IReadOnlyList<double?> values)
    {
        if (Of(metric) is not { } direction || values.OfType<double>().Distinct().Count() < 2)
            return [];
        var best = values.OfType<double>().MaxBy(value => value * direction);
        return [.. Enumerable.Range(0, values.Count).Where(place => values[place] == best)];
    }

    [GeneratedRegex("[A-Za-z]+[0-9]*")]
    private static partial Regex Words();
}
