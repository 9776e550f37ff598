using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Reflection.V1;
using Fairlead.Grpc.Tests.Peers;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Fairlead.Grpc.Tests.Server;

public sealed class GrpcReflectionServiceTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Options = "google.protobuf.MessageOptions";
    private const string Descriptors = "google/protobuf/descriptor.proto";

    [Fact]
    public async Task ListServices_OfTheServer_NamesAll()
    {
        var answer = await AskAsync(new ServerReflectionRequest { ListServices = "*" });

        Assert.Equal(
            ["fairlead.testing.Echo", "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection", "inference.GRPCInferenceService"],
            answer.ListServicesResponse.Service.Select(service => service.Name));
    }

    [Theory]
    [InlineData("fairlead.testing.Echo", "echo.proto")]
    [InlineData("fairlead.testing.Echo.Unary", "echo.proto")]
    [InlineData("fairlead.testing.Note.payload", "echo.proto")]
    [InlineData("fairlead.testing.Marked", "marks.proto|echo.proto|" + Descriptors)]
    [InlineData("fairlead.testing.Marked.Kind", "marks.proto|echo.proto|" + Descriptors)]
    [InlineData("fairlead.testing.Marked.NONE", "marks.proto|echo.proto|" + Descriptors)]
    [InlineData("fairlead.testing.Marked.what", "marks.proto|echo.proto|" + Descriptors)]
    [InlineData("fairlead.testing.mark", "marks.proto|echo.proto|" + Descriptors)]
    [InlineData("fairlead.testing.Marked.rank", "marks.proto|echo.proto|" + Descriptors)]
    [InlineData(Options, Descriptors)]
    [InlineData("inference.ModelInferRequest.InferInputTensor", "inference/grpc_service.proto|inference/model_config.proto")]
    public async Task FileContainingSymbol_OfAnyKind_IsFoundWithItsImports(string symbol, string files) =>
        Assert.Equal(files.Split('|'), Files(await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol })));

    [Fact]
    public async Task FileByFilename_Imported_IsFound() =>
        Assert.Equal([Descriptors], Files(await AskAsync(new ServerReflectionRequest { FileByFilename = Descriptors })));

    [Theory]
    [InlineData(50001)]
    [InlineData(50002)]
    public async Task FileContainingExtension_Declared_IsFound(int number) =>
        Assert.Equal("marks.proto", Files(await AskAsync(new ServerReflectionRequest { FileContainingExtension = new ExtensionRequest { ContainingType = Options, ExtensionNumber = number } }))[0]);

    [Theory]
    [InlineData(Options, new[] { 50001, 50002 })]
    [InlineData("fairlead.testing.Note", new int[0])]
    public async Task AllExtensionNumbers_OfAMessage_AreListed(string type, int[] numbers)
    {
        var answer = (await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = type })).AllExtensionNumbersResponse;

        Assert.Equal(type, answer.BaseTypeName);
        Assert.Equal(numbers, answer.ExtensionNumber);
    }

    [Fact]
    public async Task Request_OfSomethingUnknown_IsAnsweredWithAnError()
    {
        ServerReflectionRequest[] requests =
        [
            new() { FileContainingSymbol = "nothing" },
            new() { FileByFilename = "nothing.proto" },
            new() { FileContainingExtension = new ExtensionRequest { ContainingType = Options, ExtensionNumber = 1 } },
            new() { AllExtensionNumbersOfType = "fairlead.testing.Echo" },
        ];
        foreach (var request in requests)
            Assert.Equal((int)GrpcStatusCode.NotFound, (await AskAsync(request)).ErrorResponse.ErrorCode);
        Assert.Equal((int)GrpcStatusCode.InvalidArgument, (await AskAsync(new ServerReflectionRequest())).ErrorResponse.ErrorCode);
    }

    private static string[] Files(ServerReflectionResponse answer) =>
        [.. answer.FileDescriptorResponse.FileDescriptorProto.Select(file => FileDescriptorProto.Parser.ParseFrom(file).Name)];

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        using var channel = new GrpcChannel(server.Url, new GrpcChannelOptions { Time = TimeProvider.System });
        var answers = new List<ServerReflectionResponse>();
        foreach (var version in new[] { "v1", "v1alpha" })
        {
            using var call = channel.Open($"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo", GrpcCallOptions.None, TestContext.Current.CancellationToken);
            await call.WriteAsync(request);
            call.Complete();
            answers.Add((await call.ReadAllAsync(ServerReflectionResponse.Parser, TestContext.Current.CancellationToken).ToArrayAsync()).Single());
        }

        Assert.Equal(answers[0].ToByteString(), answers[1].ToByteString());
        Assert.Equal(request, answers[0].OriginalRequest);
        return answers[0];
    }
}
