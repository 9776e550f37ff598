using System.Text;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Mutants of the seeds that are still requests, and mutants that may be anything.</summary>
internal static class HttpMutants
{
    private static readonly string[] Names =
    [
        "Content-Type", "Content-Encoding", "Accept-Encoding", "Accept", "Inference-Header-Content-Length", "fairlead-environment", "fairlead-service", "fairlead-unit", "traceparent", "tracestate", "baggage",
        "Origin", "Cookie", "Range", "If-Match", "x-request-id", "grpc-timeout", "Authorization", "TE",
    ];

    private static readonly IReadOnlyList<HttpCase> WithBodies = [.. HttpSeeds.All.Where(one => one.Body.Length > 0)];

    /// <summary>A request whose framing is right, whatever else is wrong, so that each of many on one connection has an answer of its own.</summary>
    public static HttpCase Framed(int seed)
    {
        var random = new Random(seed);
        var valid = random.Next(3) > 0 ? WithBodies[random.Next(WithBodies.Count)] : HttpSeeds.All[random.Next(HttpSeeds.All.Count)];
        return random.Next(10) switch
        {
            < 6 when valid.Body.Length > 0 => valid with { Body = Mutations.Of(valid.Body, random, HttpSeeds.Tokens) },
            < 6 or 6 or 7 => valid with { Path = "/" + Printable(Mutations.Of(Encoding.Latin1.GetBytes(valid.Path[1..]), random, HttpSeeds.Tokens), isPath: true) },
            _ => valid with { Headers = ChangeHeaders(valid.Headers, random) },
        };
    }

    /// <summary>Anything that began as a request.</summary>
    public static byte[] Raw(int seed)
    {
        var random = new Random(seed);
        return Mutations.Of(HttpSeeds.All[random.Next(HttpSeeds.All.Count)].ToBytes(), random, HttpSeeds.Tokens);
    }

    private static List<(string Name, string Value)> ChangeHeaders(IReadOnlyList<(string Name, string Value)> headers, Random random)
    {
        var changed = headers.ToList();
        if (changed.Count > 0 && random.Next(2) == 0)
        {
            var at = random.Next(changed.Count);
            changed[at] = (changed[at].Name, Value(changed[at].Value, random));
        }
        else
        {
            var donor = HttpSeeds.All[random.Next(HttpSeeds.All.Count)].Headers;
            changed.Add((Names[random.Next(Names.Length)], Value(donor.Count > 0 ? donor[random.Next(donor.Count)].Value : "1", random)));
        }

        return changed;
    }

    private static string Value(string value, Random random) => Printable(Mutations.Of(Encoding.Latin1.GetBytes(value + " "), random, HttpSeeds.Tokens), isPath: false);

    /// <summary>Without the bytes that end a line or a part of the request line.</summary>
    private static string Printable(byte[] bytes, bool isPath) =>
        Encoding.Latin1.GetString([.. bytes.Where(value => isPath ? value is > 32 and < 127 and not (byte)'#' : value is (>= 32 and not 127) or 9)]);
}
