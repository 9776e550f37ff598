namespace Fairlead.Architecture.Tests.Rules;

public sealed class FolderNameRuleTests
{
    [Theory]
    [InlineData("Fairlead.Steps/Helpers/A.cs", "Fairlead.Steps/Helpers")]
    [InlineData("Fairlead.Steps/Keys/utils/A.cs", "Fairlead.Steps/Keys/utils")]
    [InlineData("Fairlead.Web/Shared/A.razor", "Fairlead.Web/Shared")]
    [InlineData("Fairlead.Common/A.cs", "Fairlead.Common")]
    public void Check_Drawer_IsFound(string path, string folder) =>
        Assert.Equal([$"'{folder}' is a drawer: name the folder for the feature."], PlantedTree.Check<FolderNameRule>((path, ""), (path.Replace("A.", "B.", StringComparison.Ordinal), "")));

    [Fact]
    public void Check_FolderOfTheDomain_IsFine() => Assert.Empty(PlantedTree.Check<FolderNameRule>(("Fairlead.Steps/CommonKeys/Helpers.cs", "")));
}
