using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Valid requests by REST that mutants are made of, and what is put into them.</summary>
internal static class HttpSeeds
{
    public const string Infer = "/environments/prod/v2/models/score/infer";
    private const string Mixed = "/environments/prod/v2/models/mixed/infer";
    private const string Json = "application/json";

    public static readonly IReadOnlyList<HttpCase> All =
    [
        Post(Infer, TestHost.Body(1, 2)),
        Post(Infer, TestHost.Body(1, 2, "an id"), ("fairlead-unit", "customer-7"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")),
        Post("/environments/stage/v2/models/score/versions/v001/infer?x=1", TestHost.Body(3, 4)),
        Post(Infer, """{"parameters":{"binary_data_output":true,"priority":1},"inputs":[{"name":"a","shape":[2,1],"datatype":"FP32","data":[[1],[2.5e-3]]},{"name":"b","shape":[2,1],"datatype":"FP32","data":[3,4]}],"outputs":[{"name":"sum","parameters":{"binary_data":true}}]}"""),
        Post(Infer, """{"inputs":[{"name":"a","shape":[0,1],"datatype":"FP32","data":[]},{"name":"b","shape":[0,1],"datatype":"FP32","data":[]}]}"""),
        Post(Mixed, """{"id":"é","inputs":[{"name":"city","shape":[2,1],"datatype":"BYTES","data":["Oslo","\u0052ome"]},{"name":"hour","shape":[2,1],"datatype":"INT64","data":[8,-20]},{"name":"distance","shape":[2,1],"datatype":"FP32","data":[0.5,1e3]}],"outputs":[{"name":"score"},{"name":"band","parameters":{"classification":1}}]}"""),
        Binary(Infer, """{"inputs":[{"name":"a","shape":[1,1],"datatype":"FP32","parameters":{"binary_data_size":4}},{"name":"b","shape":[1,1],"datatype":"FP32","parameters":{"binary_data_size":4}}]}""", [1f, 2f]),
        Binary(Infer, """{"inputs":[{"name":"b","shape":[1,1],"datatype":"FP32","data":[7]},{"name":"a","shape":[1,1],"datatype":"FP32","parameters":{"binary_data_size":4}}],"outputs":[{"name":"sum","parameters":{"binary_data":true}}]}""", [1f]),
        Compressed(Infer, TestHost.Body(5, 6), "gzip"),
        Compressed(Infer, TestHost.Body(5, 6), "deflate"),
        Post("/v2/models/score/infer", TestHost.Body(1, 2), ("Accept-Encoding", "gzip;q=0.5, deflate"), ("fairlead-environment", "prod")),
        Get("/v2"), Get("/v2/health/live"), Get("/v2/health/ready"), Get("/v2/models"), Get("/environments/prod/v2/models/stats"), Get("/environments/prod/v2/models/score"), Get("/environments/prod/v2/models/mixed/config"),
        Get("/environments/stage/v2/models/score/versions/v001/ready"), Get("/environments/prod/v2/models/score/stats"), Get("/environments/prod/v2/models/mixed"), Get("/fairlead/status"), Get("/metrics"),
        new("GET", "/metrics", [("Accept", "application/openmetrics-text; version=1.0.0")], []),
        new("HEAD", "/v2", [], []), new("OPTIONS", "/v2/models/score", [("Origin", "http://localhost:7070")], []), new("DELETE", "/v2/models/score", [], []),
        new("POST", "/environments/prod/v2/repository/index", [("Content-Type", Json)], """{"ready":true}"""u8.ToArray()),
        new("POST", "/v2/repository/models/score/load", [("Content-Type", Json)], """{"parameters":{"config":"{}"}}"""u8.ToArray()),
        new("POST", "/v2/repository/models/score/unload", [], []),
        new("GET", "/services/score/rest", [("fairlead-service", "score")], []),
    ];

    public static readonly IReadOnlyList<byte[]> Tokens =
    [
        .. new[]
        {
            "\"", "\\", "\\u0000", "\\ud800", "\\udfff\\ud800", "[", "]", "[[[[[[[[", "{", "}", ",", ":", "null", "true", "NaN", "Infinity", "-Infinity", "-", "1e400", "-0", "1e-999", "0x10",
            "-1", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1000000000000000000000", "\"shape\":[2147483648,2147483648],",
            "\"shape\":[-1,1],", "\"shape\":[],", "\"data\":[],", "\"data\":{},", "\"data\":null,", "\"inputs\":[],", "\"outputs\":[],", "\"outputs\":[{\"name\":\"sum\"},{\"name\":\"sum\"}],", "\"parameters\":{\"timeout\":1},",
            "\"parameters\":{\"timeout\":-1},", "\"parameters\":{\"sequence_id\":1},", "\"binary_data_size\":4294967295", "\"binary_data_size\":-4", "\"binary_data\":true", "\"classification\":2", "\"datatype\":\"BYTES\",", "\"datatype\":\"FP16\",",
            "\"datatype\":\"BF16\",", "\"datatype\":\"FP64\",", "\"name\":\"\",", "\"id\":\"\",", "..", "/", "//", "%00", "%2e%2e", "%2F", "%zz", "%F0%9F%98%80", "%C3", "?", "#", "&a=b", ";", "\r\n", "\n", "\t", "\0", "é", "\u202e", "😀",
            "HTTP/1.0", "HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Expect: 100-continue\r\n", "Connection: close\r\n", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n",
            "Inference-Header-Content-Length: 99999999999\r\n", "Inference-Header-Content-Length: -1\r\n", "Content-Encoding: gzip\r\n", "/v2", "/environments/", "/versions/", "/services/", "/infer",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0x80, 0x7F], [0x1F, 0x8B, 8, 0],
    ];

    private static HttpCase Get(string path) => new("GET", path, [], []);

    private static HttpCase Post(string path, string body, params (string Name, string Value)[] headers) =>
        new("POST", path, [("Content-Type", Json), .. headers], Encoding.UTF8.GetBytes(body));

    private static HttpCase Binary(string path, string json, float[] values)
    {
        var head = Encoding.UTF8.GetBytes(json);
        return new("POST", path, [("Content-Type", "application/octet-stream"), ("Inference-Header-Content-Length", $"{head.Length}")], [.. head, .. MemoryMarshal.AsBytes(values.AsSpan())]);
    }

    private static HttpCase Compressed(string path, string body, string coding)
    {
        using var target = new MemoryStream();
        using (Stream writer = coding == "gzip" ? new GZipStream(target, CompressionLevel.Fastest) : new ZLibStream(target, CompressionLevel.Fastest))
            writer.Write(Encoding.UTF8.GetBytes(body));
        return new("POST", path, [("Content-Type", Json), ("Content-Encoding", coding)], target.ToArray());
    }
}
