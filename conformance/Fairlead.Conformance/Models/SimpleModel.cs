namespace Fairlead.Conformance.Models;

/// <summary>Requests for the model <c>simple</c>, and what it answers.</summary>
internal static class SimpleModel
{
    /// <summary>0 to 15.</summary>
    public static readonly int[] First = [.. Enumerable.Range(0, 16)];

    /// <summary>Sixteen ones.</summary>
    public static readonly int[] Second = [.. Enumerable.Repeat(1, 16)];

    public static readonly int[] Sum = [.. First.Zip(Second, (left, right) => left + right)];

    public static readonly int[] Difference = [.. First.Zip(Second, (left, right) => left - right)];

    /// <summary>The inputs of one row in JSON, to be set into a request.</summary>
    public static readonly string Inputs = $$"""[{"name":"INPUT0","shape":[1,16],"datatype":"INT32","data":{{Json(First)}}},{"name":"INPUT1","shape":[1,16],"datatype":"INT32","data":{{Json(Second)}}}]""";

    /// <summary>A whole request of one row.</summary>
    public static readonly string Request = $$"""{"inputs":{{Inputs}}}""";

    /// <summary>The inputs of one row as binary tensors of 64 bytes each.</summary>
    public const string BinaryInputs = """[{"name":"INPUT0","shape":[1,16],"datatype":"INT32","parameters":{"binary_data_size":64}},{"name":"INPUT1","shape":[1,16],"datatype":"INT32","parameters":{"binary_data_size":64}}]""";

    /// <summary>The answer to one row is right.</summary>
    public static Verdict Answers(RestAnswer answer) =>
        answer.IsOk
        && answer.HasOutput("OUTPUT0", "INT32", "[1,16]", Json(Sum))
        && answer.HasOutput("OUTPUT1", "INT32", "[1,16]", Json(Difference));

    public static string Json(IEnumerable<int> values) => $"[{string.Join(',', values)}]";
}
