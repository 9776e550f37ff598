using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Reference;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Tests.Reference;

public sealed class StageReferenceTests
{
    [Fact]
    public void Document_IsWhatTheSchemasSay()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Fairlead.slnx")))
            root = root.Parent;
        Assert.SkipWhen(root is null, "The test does not run within the repository.");
        var document = Path.Combine(root!.FullName, "docs", "stages.md");
        if (Environment.GetEnvironmentVariable("FAIRLEAD_ACCEPT_GOLDEN") == "1")
            File.WriteAllText(document, StageReference.Markdown());
        Assert.True(
            File.ReadAllText(document) == StageReference.Markdown(),
            "docs/stages.md is stale: write it anew with 'fairlead pipeline stages > docs/stages.md'.");
    }

    [Fact]
    public void EveryKind_HasASchemaAndAStage() =>
        Assert.Equal(StageSchemas.All.Select(schema => schema.Kind).Order(), StageCatalog.Standard.All.Select(stage => stage.Schema.Kind).Order());

    [Fact]
    public void Catalog_TwoOfOneKind_AreRefused() => Assert.Throws<ArgumentException>(() => new StageCatalog([StageCatalog.Standard.Find("wait")!, StageCatalog.Standard.Find("wait")!]));
}
