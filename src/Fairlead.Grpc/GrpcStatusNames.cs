namespace Fairlead.Grpc;

/// <summary>The statuses' names and numbers as text.</summary>
public static class GrpcStatusNames
{
    private static readonly string[] Names =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
        "UNAUTHENTICATED",
    ];

    private static readonly string[] Numbers = [.. Enumerable.Range(0, Names.Length).Select(number => number.ToString())];

    /// <summary>The name as in the protocol's documents: <c>INVALID_ARGUMENT</c>.</summary>
    public static string Name(this GrpcStatusCode code) => (uint)code < (uint)Names.Length ? Names[(int)code] : Names[(int)GrpcStatusCode.Unknown];

    /// <summary>The number as in the <c>grpc-status</c> trailer; no text is made.</summary>
    public static string Number(this GrpcStatusCode code) => (uint)code < (uint)Numbers.Length ? Numbers[(int)code] : Numbers[(int)GrpcStatusCode.Unknown];

    /// <summary>Reads a <c>grpc-status</c> trailer; what is no known number counts as <see cref="GrpcStatusCode.Unknown"/>.</summary>
    public static GrpcStatusCode Parse(string? number)
    {
        var code = Array.IndexOf(Numbers, number);
        return code < 0 ? GrpcStatusCode.Unknown : (GrpcStatusCode)code;
    }
}
