using Fairlead;
using Fairlead.CommandLine;

var parse = CommandTree.Create().Parse(args);
var code = await parse.InvokeAsync();
return parse.Errors.Count > 0 ? ExitCodes.Usage : code;
