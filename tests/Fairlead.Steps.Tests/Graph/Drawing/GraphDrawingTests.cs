using System.Xml.Linq;
using Fairlead.Steps.Graph;
using Fairlead.Steps.Graph.Drawing;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Graph.Drawing;

public sealed class GraphDrawingTests
{
    private const string Yaml = """
        project: tiny
        datasets: { rows: { path: fairlead.yaml } }
        steps:
          split: { run: "cp in/rows out/x", inputs: { rows: dataset:rows }, outputs: [x] }
          train: { run: "cp in/x out/m", matrix: { customer: [acme, globex] }, inputs: { x: split/x }, outputs: [m] }
          check: { run: "cat in/all/* > out/r", inputs: { all: "train[*]/m", x: split/x }, outputs: [r] }
        """;

    [Fact]
    public async Task Draw_OfAProject_ShowsStepsAndTheirState()
    {
        using var project = new TestProject(Yaml);
        await project.RunAsync("split", "train[customer=acme]");
        var graph = await project.Engine.DescribeAsync([], null, TestProject.Token);
        Assert.Equal(
            """
            check  to run: 'train[customer=globex]' runs first, and may make something else
            ├── train[customer=acme]  cached  train-1
            │   └── split  cached  split-1
            │       └── dataset:rows
            ├── train[customer=globex]  to run: first run
            │   └── split  cached  split-1  (above)
            └── split  cached  split-1  (above)

            """,
            GraphText.Draw(graph));
        var folded = await project.Engine.DescribeAsync([], true, TestProject.Token);
        Assert.Contains("train (2 variants)  1 cached, 1 to run: first run", GraphText.Draw(folded));
        Assert.Equal(
            """
            flowchart LR
              n0[("dataset:rows")]
              n1["split<br/>cached"]
              n2["train × 2<br/>1 cached, 1 to run"]
              n3["check<br/>to run"]
              n0 -->|"rows"| n1
              n1 -->|"x"| n2
              n2 -->|"all"| n3
              n1 -->|"x"| n3

            """,
            GraphMermaid.Draw(folded));
        var svg = XDocument.Parse(GraphSvg.Draw(folded, node => node.Run is { } run ? $"/runs/{run}" : null));
        Assert.Equal(4, svg.Descendants().Count(element => element.Name.LocalName == "rect"));
        Assert.Equal(4, svg.Descendants().Count(element => element.Name.LocalName == "path"));
    }

    [Fact]
    public void Draw_OfHostileNames_StaysWellFormed()
    {
        var graph = new StepGraphView(
            [new StepGraphNode { Name = "a<b>&\"'", Steps = 1, Stale = 1, Reason = "<script>" }, new StepGraphNode { Name = "c", Steps = 2, Cached = 2 }],
            [new StepGraphEdge("a<b>&\"'", "c", "]]>")]);
        Assert.NotNull(XDocument.Parse(GraphSvg.Draw(graph, _ => "javascript:\"")).Root);
        Assert.DoesNotContain("<b>", GraphMermaid.Draw(graph));
        Assert.Contains("a<b>", GraphText.Draw(graph));
    }

    [Fact]
    public void Layout_OfARandomGraph_PlacesEachNodeRightOfWhatItReadsAndNoneOnAnother()
    {
        var random = new Random(37);
        for (var round = 0; round < 20; round++)
        {
            StepGraphNode[] nodes = [.. Enumerable.Range(0, 60).Select(i => new StepGraphNode { Name = $"n{i}", Steps = 1 })];
            StepGraphEdge[] edges = [.. from to in Enumerable.Range(0, 60) from @from in Enumerable.Range(0, to) where random.Next(20) == 0 select new StepGraphEdge($"n{@from}", $"n{to}", "x")];
            var layout = GraphLayout.Of(new StepGraphView(nodes, edges));
            Assert.Equal(60, layout.Places.Distinct().Count());
            Assert.All(edges, edge => Assert.True(layout.Places[int.Parse(edge.From[1..])].Column < layout.Places[int.Parse(edge.To[1..])].Column));
        }
    }

    [Fact]
    public void Draw_OfALongChain_IsBounded()
    {
        StepGraphNode[] nodes = [.. Enumerable.Range(0, 10_000).Select(i => new StepGraphNode { Name = $"n{i}", Steps = 1 })];
        StepGraphEdge[] edges = [.. Enumerable.Range(1, 9_999).Select(i => new StepGraphEdge($"n{i - 1}", $"n{i}", "x"))];
        Assert.EndsWith("… and more; name steps to see less\n", GraphText.Draw(new StepGraphView(nodes, edges)));
    }
}
