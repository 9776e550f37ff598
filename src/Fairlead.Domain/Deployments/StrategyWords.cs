using System.Diagnostics.CodeAnalysis;

namespace Fairlead.Domain.Deployments;

/// <summary>What people call the kinds of strategies.</summary>
public static class StrategyWords
{
    public static readonly IReadOnlyList<string> All = [.. Enum.GetValues<StrategyKind>().Select(Word)];

    public static string Word(this StrategyKind kind) => kind == StrategyKind.BlueGreen ? "blue-green" : kind.ToString().ToLowerInvariant();

    public static bool TryParse([NotNullWhen(true)] string? word, out StrategyKind kind)
    {
        foreach (var candidate in Enum.GetValues<StrategyKind>())
        {
            kind = candidate;
            if (candidate.Word() == word)
                return true;
        }

        kind = default;
        return false;
    }
}
