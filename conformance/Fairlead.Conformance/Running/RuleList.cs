namespace Fairlead.Conformance.Running;

/// <summary>Every rule of this program.</summary>
public static class RuleList
{
    /// <summary>In the order of their names.</summary>
    public static IReadOnlyList<IRule> All { get; } =
    [
        .. typeof(RuleList).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IRule)))
            .Select(type => (IRule)Activator.CreateInstance(type, nonPublic: true)!)
            .OrderBy(rule => rule.Name, StringComparer.Ordinal),
    ];
}
