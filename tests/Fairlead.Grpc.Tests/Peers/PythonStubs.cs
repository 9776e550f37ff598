namespace Fairlead.Grpc.Tests.Peers;

/// <summary>Python stubs as Debian's compiler makes them of the very files that the server's messages are made of.</summary>
internal static class PythonStubs
{
    /// <summary>Writes the stubs of the echo service, of health and of the inference protocol into a folder.</summary>
    public static async Task GenerateAsync(string folder, CancellationToken cancellationToken)
    {
        var protocols = Path.Combine(AppContext.BaseDirectory, "Protocols");

        // Health and reflection by their bare names: their own path would hide python's package "grpc".
        string[] imports = [PeerProcess.Folder, Path.Combine(protocols, "grpc/health/v1"), Path.Combine(protocols, "grpc/reflection/v1"), protocols];
        string[] files = ["echo.proto", "health.proto", "reflection.proto", "inference/model_config.proto", "inference/grpc_service.proto"];
        using var compiler = PeerProcess.Python(folder, ["-m", "grpc_tools.protoc", .. imports.SelectMany(import => new[] { "-I", import }), $"--python_out={folder}", $"--grpc_python_out={folder}", .. files]);
        await compiler.ReadToEndAsync(cancellationToken);
    }
}
