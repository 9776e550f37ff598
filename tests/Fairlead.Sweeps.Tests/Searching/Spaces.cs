using System.Text.Json;
using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Searching;
using Fairlead.Sweeps.Spaces;

namespace Fairlead.Sweeps.Tests.Searching;

/// <summary>Plans of searches, written as orders are.</summary>
internal static class Spaces
{
    public static SearchPlan Plan(params string[] parameters) => new()
    {
        Space = new SearchSpace([.. parameters.Select(Parameter)]),
        Goal = SweepGoal.Minimize,
        Trials = 20,
    };

    public static SweptParameter Parameter(string text)
    {
        var (name, range) = (text.Split('=')[0], text.Split('=')[1]);
        return new SweptParameter(name, "train", name, RangeText.Parse(name, range, JsonElement.Parse(range.Any(char.IsLetter) && !range.Contains(':') ? "\"\"" : "0")));
    }
}
