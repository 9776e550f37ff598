using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Replay.Tests.Running;

/// <summary>Models of one signature whose answers differ.</summary>
internal static class Models
{
    private const string Ml = "ai.onnx.ml";

    /// <summary>
    /// <c>late</c> FP32 [N,1], a probability, from <c>origin</c> STRING [N,1], <c>hour</c> INT64 [N] and <c>distance</c> FP32 [N,1]; <c>band</c> STRING [N,1]
    /// is "early" before 8, else "day".
    /// </summary>
    public static byte[] Delays(float weight, float bias = -1) => new OnnxModelBuilder()
        .Constant("weight", [weight], 1)
        .Constant("bias", [bias], 1)
        .Constant("column", [-1L, 1L])
        .Input("origin", OnnxType.String, "N", 1)
        .Input("hour", OnnxType.Int64, "N")
        .Input("distance", OnnxType.Float, "N", 1)
        .Output("late", OnnxType.Float, "N", 1)
        .Output("band", OnnxType.String, "N", 1)
        .Node("LabelEncoder", ["origin"], ["origin_weight"], Ml, OnnxAttribute.Texts("keys_strings", "SFO", "LAX"), OnnxAttribute.Singles("values_floats", 0.5f, -0.25f), OnnxAttribute.Single("default_float", 0))
        .Node("Cast", ["hour"], ["hour_float"], "", OnnxAttribute.Integer("to", (int)OnnxType.Float))
        .Node("Reshape", ["hour_float", "column"], ["hour_column"])
        .Node("Mul", ["hour_column", "weight"], ["hour_part"])
        .Node("Add", ["origin_weight", "hour_part"], ["partial"])
        .Node("Add", ["partial", "bias"], ["logit"])
        .Node("Sigmoid", ["logit"], ["late"])
        .Node("Reshape", ["hour", "column"], ["hours"])
        .Node("LabelEncoder", ["hours"], ["band"], Ml, OnnxAttribute.Integers("keys_int64s", 0, 1, 2, 3, 4, 5, 6, 7), OnnxAttribute.Texts("values_strings", "early", "early", "early", "early", "early", "early", "early", "early"), OnnxAttribute.Text("default_string", "day"))
        .Build();

    /// <summary><c>late</c> FP32 [N] is the element of a table at <c>hour</c> INT64 [N]; hours past 20 fail.</summary>
    public static byte[] Fragile() => new OnnxModelBuilder()
        .Constant("table", [.. Enumerable.Range(0, 21).Select(hour => hour / 24f)], 21)
        .Input("hour", OnnxType.Int64, "N")
        .Output("late", OnnxType.Float, "N")
        .Node("Gather", ["table", "hour"], ["late"])
        .Build();

    /// <summary>Takes what nobody recorded.</summary>
    public static byte[] Stranger() => new OnnxModelBuilder()
        .Input("hours", OnnxType.Float, "N")
        .Output("late", OnnxType.Float, "N")
        .Node("Identity", ["hours"], ["late"])
        .Build();
}
