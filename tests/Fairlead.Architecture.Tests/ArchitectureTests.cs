using Fairlead.Architecture.Tests.Rules;
using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests;

/// <summary>The repository follows every rule. Each rule has a test of its own with a planted violation, so that none passes because it cannot fail.</summary>
public sealed class ArchitectureTests
{
    public static TheoryData<string> RuleNames => [.. Rules.Select(rule => rule.Name)];

    private static IEnumerable<Type> Rules => typeof(IArchitectureRule).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IArchitectureRule)));

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Source_Always_Follows(string rule)
    {
        var instance = (IArchitectureRule)Activator.CreateInstance(Rules.Single(type => type.Name == rule))!;
        var violations = instance.Check(SourceTree.LoadRepository()).ToList();
        Assert.True(violations.Count == 0, string.Join('\n', violations.Prepend($"{rule}:")));
    }

    [Fact]
    public void EveryRule_HasATestWithAPlantedViolation()
    {
        var tested = typeof(ArchitectureTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet();
        Assert.All(Rules, rule => Assert.Contains(rule.Name + "Tests", tested));
    }

    [Fact]
    public void Source_Always_HasTheRoomsThatTheRulesSpeakOf()
    {
        var tree = SourceTree.LoadRepository();
        Assert.Equal(ProjectReferenceRule.Rooms.Order(), tree.Projects.Select(project => project.Name).Order());
        Assert.Contains(tree.Files, file => file.Path == "Fairlead/Program.cs");
        Assert.True(tree.Files.Count(file => file.IsCSharp && file.Code.TopLevelTypes.Count == 1) > 100);
    }
}
