namespace Fairlead.Conformance.Models;

/// <summary>The models that the rules ask. Their files are made here, byte for byte the same each time.</summary>
public static class ModelSet
{
    /// <summary>INPUT0 and INPUT1 INT32 [-1,16]; OUTPUT0 is their sum, OUTPUT1 their difference. The model of the protocol's examples.</summary>
    public const string Simple = "simple";

    /// <summary>The same over numbers in BYTES.</summary>
    public const string SimpleString = "simple_string";

    /// <summary>INPUT0 FP32 [-1,4]; OUTPUT0 is the same, OUTPUT1 its negative.</summary>
    public const string TwoOutputs = "two_outputs";

    /// <summary>INPUT0 INT32 [-1,1]; OUTPUT0 is the same in version 1 and the double in version 2.</summary>
    public const string Versioned = "versioned";

    /// <summary>INPUT0 FP32 [-1]; OUTPUT0 is the same.</summary>
    public const string Vector = "vector";

    /// <summary>INPUT0 FP32 [2,2]; OUTPUT0 is the same.</summary>
    public const string FixedShape = "fixed_shape";

    private const int Open = -1;

    private static readonly IReadOnlyDictionary<string, ElementType> Identities = Enum.GetValues<ElementType>().ToDictionary(type => Identity(type.ToString()));

    /// <summary>Every model's name.</summary>
    public static IReadOnlyList<string> Names { get; } = [Simple, SimpleString, TwoOutputs, Versioned, Vector, FixedShape, .. Identities.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The model that gives a tensor of one datatype [-1,-1] back, INPUT0 to OUTPUT0.</summary>
    public static string Identity(string datatype) => $"identity_{datatype.ToLowerInvariant()}";

    /// <summary>Writes a model repository: <c>NAME/VERSION/model.onnx</c>.</summary>
    public static void Write(string folder)
    {
        foreach (var (model, version, content) in Files())
        {
            var path = Path.Combine(folder, model, version.ToString());
            Directory.CreateDirectory(path);
            File.WriteAllBytes(Path.Combine(path, "model.onnx"), content);
        }
    }

    internal static IEnumerable<(string Model, int Version, byte[] Content)> Files()
    {
        yield return (Simple, 1, SumAndDifference());
        yield return (SimpleString, 1, SumAndDifferenceOfTexts());
        yield return (TwoOutputs, 1, new OnnxFile()
            .Input("INPUT0", ElementType.Fp32, Open, 4)
            .Output("OUTPUT0", ElementType.Fp32, Open, 4)
            .Output("OUTPUT1", ElementType.Fp32, Open, 4)
            .Node("Identity", ["INPUT0"], "OUTPUT0")
            .Node("Neg", ["INPUT0"], "OUTPUT1")
            .ToBytes());
        yield return (Versioned, 1, Same(ElementType.Int32, Open, 1));
        yield return (Versioned, 2, new OnnxFile()
            .Input("INPUT0", ElementType.Int32, Open, 1)
            .Output("OUTPUT0", ElementType.Int32, Open, 1)
            .Node("Add", ["INPUT0", "INPUT0"], "OUTPUT0")
            .ToBytes());
        yield return (Vector, 1, Same(ElementType.Fp32, Open));
        yield return (FixedShape, 1, Same(ElementType.Fp32, 2, 2));
        foreach (var (name, type) in Identities)
            yield return (name, 1, Same(type, Open, Open));
    }

    private static byte[] Same(ElementType type, params int[] shape) => new OnnxFile()
        .Input("INPUT0", type, shape)
        .Output("OUTPUT0", type, shape)
        .Node("Identity", ["INPUT0"], "OUTPUT0")
        .ToBytes();

    private static byte[] SumAndDifference() => new OnnxFile()
        .Input("INPUT0", ElementType.Int32, Open, 16)
        .Input("INPUT1", ElementType.Int32, Open, 16)
        .Output("OUTPUT0", ElementType.Int32, Open, 16)
        .Output("OUTPUT1", ElementType.Int32, Open, 16)
        .Node("Add", ["INPUT0", "INPUT1"], "OUTPUT0")
        .Node("Sub", ["INPUT0", "INPUT1"], "OUTPUT1")
        .ToBytes();

    private static byte[] SumAndDifferenceOfTexts() => new OnnxFile()
        .Input("INPUT0", ElementType.Bytes, Open, 16)
        .Input("INPUT1", ElementType.Bytes, Open, 16)
        .Output("OUTPUT0", ElementType.Bytes, Open, 16)
        .Output("OUTPUT1", ElementType.Bytes, Open, 16)
        .Cast("INPUT0", "left", ElementType.Int32)
        .Cast("INPUT1", "right", ElementType.Int32)
        .Node("Add", ["left", "right"], "sum")
        .Node("Sub", ["left", "right"], "difference")
        .Cast("sum", "OUTPUT0", ElementType.Bytes)
        .Cast("difference", "OUTPUT1", ElementType.Bytes)
        .ToBytes();
}
