namespace Fairlead.Inference.Tests.OnnxModels;

/// <summary>Small models whose answers are known.</summary>
public static class TestModels
{
    private const string Ml = "ai.onnx.ml";

    /// <summary><c>y</c> is <c>x</c>.</summary>
    public static byte[] Identity(OnnxType type, params object[] shape) => new OnnxModelBuilder()
        .Input("x", type, shape)
        .Output("y", type, shape)
        .Node("Identity", ["x"], ["y"])
        .Build();

    /// <summary>The output is the input, both FP32 [N] under the names given.</summary>
    public static byte[] Renamed(string input, string output) => new OnnxModelBuilder()
        .Input(input, OnnxType.Float, "N")
        .Output(output, OnnxType.Float, "N")
        .Node("Identity", [input], [output])
        .Build();

    /// <summary><c>sum</c> FP32 [N,1] is <c>a</c> plus <c>b</c>.</summary>
    public static byte[] Add() => new OnnxModelBuilder()
        .Input("a", OnnxType.Float, "N", 1)
        .Input("b", OnnxType.Float, "N", 1)
        .Output("sum", OnnxType.Float, "N", 1)
        .Node("Add", ["a", "b"], ["sum"])
        .Build();

    /// <summary>The model that the protocol's examples assume: sum and difference of INT32 [1,16].</summary>
    public static byte[] Simple() => new OnnxModelBuilder()
        .Input("INPUT0", OnnxType.Int32, 1, 16)
        .Input("INPUT1", OnnxType.Int32, 1, 16)
        .Output("OUTPUT0", OnnxType.Int32, 1, 16)
        .Output("OUTPUT1", OnnxType.Int32, 1, 16)
        .Node("Add", ["INPUT0", "INPUT1"], ["OUTPUT0"])
        .Node("Sub", ["INPUT0", "INPUT1"], ["OUTPUT1"])
        .Build();

    /// <summary>
    /// Strings, whole numbers and fractions at once: <c>score</c> FP32 [N,1] is the city's weight (Oslo 0.5, Rome -0.25, else 0)
    /// plus <c>hour</c> / 10 plus <c>distance</c>; <c>band</c> STRING [N,1] is hour 8 "early", 20 "late", else "day".
    /// </summary>
    public static byte[] Mixed() => new OnnxModelBuilder()
        .Constant("tenth", [0.1f], 1)
        .Input("city", OnnxType.String, "N", 1)
        .Input("hour", OnnxType.Int64, "N", 1)
        .Input("distance", OnnxType.Float, "N", 1)
        .Output("score", OnnxType.Float, "N", 1)
        .Output("band", OnnxType.String, "N", 1)
        .Node("LabelEncoder", ["city"], ["weight"], Ml, OnnxAttribute.Texts("keys_strings", "Oslo", "Rome"), OnnxAttribute.Singles("values_floats", 0.5f, -0.25f), OnnxAttribute.Single("default_float", 0))
        .Node("Cast", ["hour"], ["hourAsFloat"], "", OnnxAttribute.Integer("to", (int)OnnxType.Float))
        .Node("Mul", ["hourAsFloat", "tenth"], ["hourPart"])
        .Node("Add", ["weight", "hourPart"], ["partial"])
        .Node("Add", ["partial", "distance"], ["score"])
        .Node("LabelEncoder", ["hour"], ["band"], Ml, OnnxAttribute.Integers("keys_int64s", 8, 20), OnnxAttribute.Texts("values_strings", "early", "late"), OnnxAttribute.Text("default_string", "day"))
        .Build();

    /// <summary><c>picked</c> FP32 [N] are the elements of [10, 20, 30] at <c>index</c> INT64 [N]; others fail.</summary>
    public static byte[] Pick() => new OnnxModelBuilder()
        .Constant("table", [10, 20, 30], 3)
        .Input("index", OnnxType.Int64, "N")
        .Output("picked", OnnxType.Float, "N")
        .Node("Gather", ["table", "index"], ["picked"])
        .Build();

    /// <summary>Takes an even number of rows only, so that a trial with one row fails.</summary>
    public static byte[] Pairs() => new OnnxModelBuilder()
        .Constant("two", [2L, -1L])
        .Input("x", OnnxType.Float, "N")
        .Output("pairs", OnnxType.Float, 2, "M")
        .Node("Reshape", ["x", "two"], ["pairs"])
        .Build();

    /// <summary><c>positive</c> are those of <c>x</c> FP32 [N] that are above zero, so that the answer has rows of its own.</summary>
    public static byte[] Positive() => new OnnxModelBuilder()
        .Constant("zero", [0f], 1)
        .Input("x", OnnxType.Float, "N")
        .Output("positive", OnnxType.Float, "K")
        .Node("Greater", ["x", "zero"], ["isPositive"])
        .Node("Compress", ["x", "isPositive"], ["positive"], "", OnnxAttribute.Integer("axis", 0))
        .Build();

    /// <summary>A classifier's answer: <c>label</c> and, as a list of maps, the columns of <c>x</c> FP32 [N,2] under "no" and "yes".</summary>
    public static byte[] Maps() => new OnnxModelBuilder()
        .Input("x", OnnxType.Float, "N", 2)
        .Output("label", OnnxType.Int64, "N")
        .MapsOutput("probabilities")
        .Node("ArgMax", ["x"], ["label"], "", OnnxAttribute.Integer("axis", 1), OnnxAttribute.Integer("keepdims", 0))
        .Node("ZipMap", ["x"], ["probabilities"], Ml, OnnxAttribute.Texts("classlabels_strings", "no", "yes"))
        .Build();

    /// <summary>The same with whole numbers as keys: 30, 10 and 20 for the columns of <c>x</c> FP32 [N,3].</summary>
    public static byte[] IntegerMaps() => new OnnxModelBuilder()
        .Input("x", OnnxType.Float, "N", 3)
        .MapsOutput("probabilities", OnnxType.Int64)
        .Node("ZipMap", ["x"], ["probabilities"], Ml, OnnxAttribute.Integers("classlabels_int64s", 30, 10, 20))
        .Build();

    /// <summary>The rows of <c>x</c> [N,2] as a list of tensors.</summary>
    public static byte[] Rows(OnnxType type) => new OnnxModelBuilder()
        .Input("x", type, "N", 2)
        .TensorsOutput("rows", type, 2)
        .Node("SplitToSequence", ["x"], ["rows"], "", OnnxAttribute.Integer("axis", 0), OnnxAttribute.Integer("keepdims", 0))
        .Build();

    /// <summary>Three rows are split two and one, which makes tensors of different sizes.</summary>
    public static byte[] Uneven() => new OnnxModelBuilder()
        .Constant("parts", [2L, 1L])
        .Input("x", OnnxType.Float, 3, 2)
        .TensorsOutput("rows", OnnxType.Float, "M", 2)
        .Node("SplitToSequence", ["x", "parts"], ["rows"], "", OnnxAttribute.Integer("axis", 0))
        .Build();

    /// <summary>Takes a map, which has no form as a tensor.</summary>
    public static byte[] MapTaker() => new OnnxModelBuilder()
        .MapInput("words")
        .Output("counts", OnnxType.Float, 1, 2)
        .Node("DictVectorizer", ["words"], ["counts"], Ml, OnnxAttribute.Texts("string_vocabulary", "a", "b"))
        .Build();

    /// <summary>The keys of <see cref="Maps"/> under which another output of the model is answered already.</summary>
    public static byte[] TakenKeys() => new OnnxModelBuilder()
        .Input("x", OnnxType.Float, "N", 2)
        .MapsOutput("p")
        .Output("p.keys", OnnxType.Float, "N", 2)
        .Node("ZipMap", ["x"], ["p"], Ml, OnnxAttribute.Texts("classlabels_strings", "no", "yes"))
        .Node("Identity", ["x"], ["p.keys"])
        .Build();
}
