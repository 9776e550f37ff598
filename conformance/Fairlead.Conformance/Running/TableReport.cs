namespace Fairlead.Conformance.Running;

/// <summary>Results for people: a line for each rule, then the count.</summary>
internal sealed class TableReport(TextWriter output)
{
    private const int NameWidth = 52;

    public void Add(RuleResult result)
    {
        var requirement = result.Rule.Requirement;
        output.WriteLine($"{Word(result.Verdict.Outcome)}  {result.Rule.Name.PadRight(NameWidth)} {Word(requirement.Level)}  {(result.Verdict.Outcome == Outcome.Pass ? "" : result.Verdict.Reason)}".TrimEnd());
        if (result.Verdict.Outcome == Outcome.Fail)
            output.WriteLine($"      {requirement.Document}, \"{requirement.Section}\": {requirement.Sentence}");
    }

    public void End(IReadOnlyList<RuleResult> results)
    {
        int Count(Outcome outcome) => results.Count(result => result.Verdict.Outcome == outcome);
        output.WriteLine($"{Count(Outcome.Pass)} passed, {Count(Outcome.Fail)} failed, {Count(Outcome.Skip)} skipped");
    }

    public void List(IEnumerable<IRule> rules)
    {
        foreach (var rule in rules)
        {
            output.WriteLine($"{rule.Name}  ({Word(rule.Requirement.Level)})");
            output.WriteLine($"    {rule.Requirement.Sentence}");
            output.WriteLine($"    {rule.Requirement.Document}, \"{rule.Requirement.Section}\"");
        }
    }

    private static string Word(Outcome outcome) => outcome switch
    {
        Outcome.Pass => "pass",
        Outcome.Fail => "FAIL",
        _ => "skip",
    };

    private static string Word(Level level) => level switch
    {
        Level.Must => "MUST",
        Level.Should => "SHOULD",
        _ => "extension",
    };
}
