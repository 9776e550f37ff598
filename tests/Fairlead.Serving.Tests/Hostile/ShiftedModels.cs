using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Models of one signature whose answers tell who gave them.</summary>
internal static class ShiftedModels
{
    public const int Step = 1_000;

    /// <summary><c>sum</c> is <c>a</c> plus <c>b</c> plus so many thousands.</summary>
    public static byte[] Of(int number) => new OnnxModelBuilder()
        .Constant("shift", [number * Step], 1)
        .Input("a", OnnxType.Float, "N", 1)
        .Input("b", OnnxType.Float, "N", 1)
        .Output("sum", OnnxType.Float, "N", 1)
        .Node("Add", ["a", "b"], ["plain"])
        .Node("Add", ["plain", "shift"], ["sum"])
        .Build();
}
