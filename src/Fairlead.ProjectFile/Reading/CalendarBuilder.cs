using Fairlead.Domain.Scheduling;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes out of windows and freezes when environments may change, and reports those that mean nothing.</summary>
internal sealed class CalendarBuilder
{
    private readonly ProblemList problems;
    private readonly List<(Freeze Freeze, IReadOnlyList<string> Environments)> freezes;

    public CalendarBuilder(YamlMap root, References references, ProblemList problems)
    {
        this.problems = problems;
        freezes = [.. root.Map(Keys.Freezes).Entries.Select(entry => BuildFreeze(entry.Key.Value, (YamlMap)entry.Value, references)).OfType<(Freeze, IReadOnlyList<string>)>()];
    }

    public DeployCalendar Build(string environment, YamlMap body)
    {
        var windows = body.List(Keys.Windows).Items.OfType<YamlScalar>().Select(BuildWindow).OfType<DeployWindow>().ToList();
        var own = freezes.Where(freeze => freeze.Environments.Count == 0 || freeze.Environments.Contains(environment)).Select(freeze => freeze.Freeze).ToList();
        return windows.Count == 0 && own.Count == 0 ? DeployCalendar.Always : new DeployCalendar(windows, own);
    }

    private DeployWindow? BuildWindow(YamlScalar text)
    {
        if (DeployWindow.TryParse(text.Value, out var window, out var problem))
            return window;
        problems.Add(text.Place, char.ToLowerInvariant(problem[0]) + problem[1..].TrimEnd('.'));
        return null;
    }

    private (Freeze Freeze, IReadOnlyList<string> Environments)? BuildFreeze(string name, YamlMap body, References references)
    {
        IReadOnlyList<string> environments = [.. body.List(Keys.Environments).Items.OfType<YamlScalar>().Select(environment => references.Environment(environment, $"freeze '{name}'"))];
        if (body.Scalar(Keys.From) is not { } first || body.Scalar(Keys.Until) is not { } last || CalendarRules.ToMoment(first.Value) is not { } from || CalendarRules.ToMoment(last.Value) is not { } until)
            return null;
        if (until <= from)
            problems.Add(last.Place, $"freeze '{name}' ends at '{last.Value}', which is not after its beginning '{first.Value}'; use a later '{Keys.Until}'");
        return (new Freeze(name, from, until, body.Text(Keys.Reason)?.Trim() ?? ""), environments);
    }
}
