using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Bench.Replaying;

/// <summary>The models that are replayed: eight numbers a row, one score.</summary>
internal static class ReplayModels
{
    public const int Features = 8;
    private const string Ml = "ai.onnx.ml";
    private const int Depth = 6;

    /// <summary>A logistic regression with a weight for a word: the cheapest model that there is, and strings are the dearest inputs.</summary>
    public static byte[] Logistic() => Inputs(new OnnxModelBuilder().Input("place", OnnxType.String, "N", 1))
        .Constant("weights", [.. Enumerable.Range(0, Features).Select(i => 0.1f * (i - 4))], Features, 1)
        .Node("LabelEncoder", ["place"], ["place_weight"], Ml, OnnxAttribute.Texts("keys_strings", [.. Enumerable.Range(0, 200).Select(Place)]), OnnxAttribute.Singles("values_floats", [.. Enumerable.Range(0, 200).Select(i => i / 200f)]), OnnxAttribute.Single("default_float", 0))
        .Node("MatMul", ["x", "weights"], ["linear"])
        .Node("Add", ["linear", "place_weight"], ["logit"])
        .Node("Sigmoid", ["logit"], ["score"])
        .Build();

    /// <summary>Boosted trees of depth 6 with random splits.</summary>
    public static byte[] Trees(int trees)
    {
        var random = new Random(1);
        var (treeIds, nodeIds, features, values, modes, whenTrue, whenFalse) = (new List<long>(), new List<long>(), new List<long>(), new List<float>(), new List<string>(), new List<long>(), new List<long>());
        var (leafTrees, leafNodes, leafWeights) = (new List<long>(), new List<long>(), new List<float>());
        const int Inner = (1 << Depth) - 1;
        for (var tree = 0; tree < trees; tree++)
        {
            for (var node = 0; node < (2 * Inner) + 1; node++)
            {
                var isLeaf = node >= Inner;
                treeIds.Add(tree);
                nodeIds.Add(node);
                features.Add(isLeaf ? 0 : random.Next(Features));
                values.Add(isLeaf ? 0 : random.NextSingle());
                modes.Add(isLeaf ? "LEAF" : "BRANCH_LEQ");
                whenTrue.Add(isLeaf ? 0 : (2 * node) + 1);
                whenFalse.Add(isLeaf ? 0 : (2 * node) + 2);
                if (!isLeaf)
                    continue;
                leafTrees.Add(tree);
                leafNodes.Add(node);
                leafWeights.Add((random.NextSingle() - 0.5f) / 20);
            }
        }

        return Inputs(new OnnxModelBuilder().Input("place", OnnxType.String, "N", 1))
            .Node(
                "TreeEnsembleRegressor", ["x"], ["raw"], Ml,
                OnnxAttribute.Integers("nodes_treeids", [.. treeIds]), OnnxAttribute.Integers("nodes_nodeids", [.. nodeIds]), OnnxAttribute.Integers("nodes_featureids", [.. features]),
                OnnxAttribute.Singles("nodes_values", [.. values]), OnnxAttribute.Texts("nodes_modes", [.. modes]), OnnxAttribute.Integers("nodes_truenodeids", [.. whenTrue]),
                OnnxAttribute.Integers("nodes_falsenodeids", [.. whenFalse]), OnnxAttribute.Integers("target_treeids", [.. leafTrees]), OnnxAttribute.Integers("target_nodeids", [.. leafNodes]),
                OnnxAttribute.Integers("target_ids", [.. leafTrees.Select(_ => 0L)]), OnnxAttribute.Singles("target_weights", [.. leafWeights]), OnnxAttribute.Integer("n_targets", 1))
            .Node("Sigmoid", ["raw"], ["score"])
            .Build();
    }

    public static string Place(int number) => $"P{number % 200:D2}";

    private static OnnxModelBuilder Inputs(OnnxModelBuilder builder)
    {
        var names = Enumerable.Range(0, Features).Select(i => $"f{i}").ToArray();
        foreach (var name in names)
            builder.Input(name, OnnxType.Float, "N", 1);
        return builder.Output("score", OnnxType.Float, "N", 1).Node("Concat", names, ["x"], "", OnnxAttribute.Integer("axis", 1));
    }
}
