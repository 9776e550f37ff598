using Fairlead.Grpc.Protocols.Reflection.V1;
using Google.Protobuf.Reflection;

namespace Fairlead.Grpc.Client;

/// <summary>Asks a server by reflection what its services are, as <c>grpc.reflection.v1</c> and, where it knows only that, <c>v1alpha</c>.</summary>
public static class GrpcReflectionClient
{
    /// <summary>A server that goes on naming files is told enough.</summary>
    private const int MostFiles = 1000;
    private static readonly string[] OwnServices = ["grpc.reflection.", "grpc.health.", "grpc.channelz."];
    private static readonly string[] Paths = ["/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"];

    /// <summary>The files of a server's services, but for those of gRPC itself such as its health.</summary>
    /// <param name="timeout">For all of it.</param>
    /// <returns>Serialized <c>google.protobuf.FileDescriptorProto</c>s: what a file imports stands before it. Empty when there is no service.</returns>
    /// <exception cref="GrpcException">The server could not be asked: Unimplemented when it has no reflection, Unavailable, DeadlineExceeded …; DataLoss when it answers nonsense.</exception>
    public static async Task<IReadOnlyList<byte[]>> FetchAsync(GrpcChannel channel, TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (var version = 0; ; version++)
        {
            try
            {
                using var call = channel.Open(Paths[version], new GrpcCallOptions { Timeout = timeout }, cancellationToken);
                var files = await FetchAsync(call).ConfigureAwait(false);
                call.Complete();
                return files;
            }
            catch (GrpcException e) when (e.Status == GrpcStatusCode.Unimplemented && version + 1 < Paths.Length)
            {
                // The same messages under the older name.
            }
        }
    }

    private static async Task<IReadOnlyList<byte[]>> FetchAsync(GrpcClientCall call)
    {
        var found = new Dictionary<string, FileDescriptorProto>(StringComparer.Ordinal);
        var answer = await AskAsync(call, new ServerReflectionRequest { ListServices = "*" }).ConfigureAwait(false);
        var services = answer.ListServicesResponse ?? throw Nonsense("no list of services");
        foreach (var service in services.Service.Select(service => service.Name).Where(IsOfUser).Order(StringComparer.Ordinal))
            Add(found, await AskAsync(call, new ServerReflectionRequest { FileContainingSymbol = service }).ConfigureAwait(false));

        // Some servers send a file with all that it imports, some each alone.
        while (found.Values.SelectMany(file => file.Dependency).FirstOrDefault(name => !found.ContainsKey(name)) is { } missing)
        {
            Add(found, await AskAsync(call, new ServerReflectionRequest { FileByFilename = missing }).ConfigureAwait(false));
            if (!found.ContainsKey(missing))
                throw Nonsense($"no file '{missing}', which another one imports");
        }

        var sorted = new List<FileDescriptorProto>();
        foreach (var name in found.Keys.Order(StringComparer.Ordinal))
            Sort(name, found, sorted, depth: 0);
        return [.. sorted.Select(file => Google.Protobuf.MessageExtensions.ToByteArray(file))];
    }

    private static bool IsOfUser(string service) => !Array.Exists(OwnServices, own => service.StartsWith(own, StringComparison.Ordinal));

    private static async Task<ServerReflectionResponse> AskAsync(GrpcClientCall call, ServerReflectionRequest request)
    {
        try
        {
            await call.WriteAsync(request).ConfigureAwait(false);
        }
        catch (GrpcException e) when (e.Status == GrpcStatusCode.Cancelled)
        {
            // The call has ended already: the answer says how.
        }

        var answer = await call.ReadAsync(ServerReflectionResponse.Parser).ConfigureAwait(false) ?? throw Nonsense("no answer");
        return answer.ErrorResponse is { } error ? throw new GrpcException((GrpcStatusCode)error.ErrorCode, error.ErrorMessage) : answer;
    }

    private static void Add(Dictionary<string, FileDescriptorProto> found, ServerReflectionResponse answer)
    {
        foreach (var bytes in answer.FileDescriptorResponse?.FileDescriptorProto ?? throw Nonsense("no file where one was asked for"))
        {
            var file = Parse(bytes);
            found.TryAdd(file.Name, file);
        }

        if (found.Count > MostFiles)
            throw Nonsense($"more than {MostFiles} files");
    }

    private static FileDescriptorProto Parse(Google.Protobuf.ByteString bytes)
    {
        try
        {
            return FileDescriptorProto.Parser.ParseFrom(bytes);
        }
        catch (Google.Protobuf.InvalidProtocolBufferException e)
        {
            throw Nonsense($"a file that cannot be read ({e.Message})");
        }
    }

    private static void Sort(string name, Dictionary<string, FileDescriptorProto> found, List<FileDescriptorProto> sorted, int depth)
    {
        if (depth > found.Count)
            throw Nonsense("files that import each other");
        var file = found[name];
        if (sorted.Contains(file))
            return;
        foreach (var import in file.Dependency)
            Sort(import, found, sorted, depth + 1);
        if (!sorted.Contains(file))
            sorted.Add(file);
    }

    private static GrpcException Nonsense(string what) => new(GrpcStatusCode.DataLoss, $"The server's reflection gives {what}.");
}
