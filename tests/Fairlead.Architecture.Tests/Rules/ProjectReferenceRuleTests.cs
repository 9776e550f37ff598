namespace Fairlead.Architecture.Tests.Rules;

public sealed class ProjectReferenceRuleTests
{
    [Fact]
    public void Check_ArrowBetweenRooms_IsFound() => Assert.Equal(
        ["'Fairlead.Domain' refers to 'Fairlead.Steps': take a seam of the domain instead.", "'Fairlead.Steps' refers to 'Fairlead.Catalog': take a seam of the domain instead."],
        PlantedTree.Check<ProjectReferenceRule>(
            PlantedTree.Project("Fairlead.Domain", PlantedTree.ProjectReference("Fairlead.Steps")),
            PlantedTree.Project("Fairlead.Steps", PlantedTree.ProjectReference("Fairlead.Domain"), PlantedTree.ProjectReference("Fairlead.Catalog"))));

    [Fact]
    public void Check_ArrowWithBackslashes_IsFound() => Assert.Single(PlantedTree.Check<ProjectReferenceRule>(
        PlantedTree.Project("Fairlead.Web", "<ProjectReference Include=\"..\\Fairlead.Catalog\\Fairlead.Catalog.csproj\" />")));

    [Fact]
    public void Check_NewRoom_IsFound() => Assert.Equal(
        ["'Fairlead.Kitchen' is a new room: say in this rule to what it may refer."],
        PlantedTree.Check<ProjectReferenceRule>(PlantedTree.Project("Fairlead.Kitchen")));

    [Fact]
    public void Check_ExecutableThatRefersToAll_IsFine() => Assert.Empty(
        PlantedTree.Check<ProjectReferenceRule>(PlantedTree.Project("Fairlead", [.. ProjectReferenceRule.Rooms.Select(PlantedTree.ProjectReference)])));
}
