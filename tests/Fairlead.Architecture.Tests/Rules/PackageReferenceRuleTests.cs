namespace Fairlead.Architecture.Tests.Rules;

public sealed class PackageReferenceRuleTests
{
    [Fact]
    public void Check_PackageInAnotherRoom_IsFound() => Assert.Equal(
        ["'Fairlead.Steps' refers to package 'Dapper': it belongs to 'Fairlead.Catalog'."],
        PlantedTree.Check<PackageReferenceRule>(PlantedTree.Project("Fairlead.Steps", PlantedTree.PackageReference("Dapper"))));

    [Fact]
    public void Check_UnknownPackage_IsFound() => Assert.Equal(
        ["'Fairlead.Domain' refers to package 'Newtonsoft.Json': no room may; say in this rule which one shall."],
        PlantedTree.Check<PackageReferenceRule>(PlantedTree.Project("Fairlead.Domain", PlantedTree.PackageReference("Newtonsoft.Json"))));

    [Fact]
    public void Check_PackageInItsRoom_IsFine() => Assert.Empty(
        PlantedTree.Check<PackageReferenceRule>(PlantedTree.Project("Fairlead.ProjectFile", PlantedTree.PackageReference("YamlDotNet"))));
}
