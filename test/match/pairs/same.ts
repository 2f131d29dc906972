/** Pairs that are one model: how the same thing is spelled at several gateways. One line each, `gateway id [fact=…] = gateway id`. */

export const SPELLED_OTHERWISE = `
openrouter openai/gpt-oss-120b hf=openai/gpt-oss-120b = groq openai/gpt-oss-120b
openrouter openai/gpt-oss-120b hf=openai/gpt-oss-120b = cerebras gpt-oss-120b
openrouter openai/gpt-oss-120b hf=openai/gpt-oss-120b = bedrock openai.gpt-oss-120b-1:0
openrouter openai/gpt-oss-20b hf=openai/gpt-oss-20b = bedrock openai.gpt-oss-20b-1:0
openrouter openai/gpt-oss-20b hf=openai/gpt-oss-20b = openrouter openai/gpt-oss-20b:free variant=free
openrouter openai/gpt-oss-120b hf=openai/gpt-oss-120b = fireworks accounts/fireworks/models/gpt-oss-120b
openrouter openai/gpt-oss-120b hf=openai/gpt-oss-120b = cloudflare @cf/openai/gpt-oss-120b
openrouter openai/gpt-oss-120b hf=openai/gpt-oss-120b = portkey @cerebras/gpt-oss-120b via=cerebras/gpt-oss-120b
openrouter openai/gpt-oss-120b hf=openai/gpt-oss-120b = nebius openai/gpt-oss-120b quantization=fp4
openrouter openai/gpt-oss-120b hf=openai/gpt-oss-120b = ovhcloud gpt-oss-120b
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = cerebras llama-3.3-70b
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = groq llama-3.3-70b-versatile
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = sambanova Meta-Llama-3.3-70B-Instruct
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = ovhcloud Meta-Llama-3_3-70B-Instruct
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = bedrock meta.llama3-3-70b-instruct-v1:0
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = fireworks accounts/fireworks/models/llama-v3p3-70b-instruct
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = nvidia meta/llama-3.3-70b-instruct
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = github meta/llama-3.3-70b-instruct
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = zenmux meta/llama-3.3-70b-instruct
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = vercel meta/llama-3.3-70b name="Llama 3.3 70B Instruct"
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = venice llama-3.3-70b hf=meta-llama/Llama-3.3-70B-Instruct
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = nebius meta-llama/Llama-3.3-70B-Instruct-fast
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = portkey @nebius/meta-llama/Llama-3.3-70B-Instruct-fast via=nebius/meta-llama/Llama-3.3-70B-Instruct-fast
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = requesty deepinfra/meta-llama/Llama-3.3-70B-Instruct via=deepinfra/meta-llama/Llama-3.3-70B-Instruct
openrouter meta-llama/llama-3.3-70b-instruct hf=meta-llama/Llama-3.3-70B-Instruct = hyperbolic meta-llama/Llama-3.3-70B-Instruct
huggingface meta-llama/Llama-3.1-8B-Instruct = openrouter meta-llama/llama-3.1-8b-instruct hf=meta-llama/Meta-Llama-3.1-8B-Instruct
huggingface meta-llama/Llama-3.1-8B-Instruct = cerebras llama3.1-8b
huggingface meta-llama/Llama-3.1-8B-Instruct = groq llama-3.1-8b-instant
huggingface meta-llama/Llama-3.1-8B-Instruct = bedrock meta.llama3-1-8b-instruct-v1:0
huggingface meta-llama/Llama-3.1-8B-Instruct = fireworks accounts/fireworks/models/llama-v3p1-8b-instruct
huggingface meta-llama/Llama-3.1-8B-Instruct = sambanova Meta-Llama-3.1-8B-Instruct
huggingface meta-llama/Llama-3.1-8B-Instruct = deepinfra meta-llama/Meta-Llama-3.1-8B-Instruct
huggingface meta-llama/Llama-3.1-8B-Instruct = github meta/meta-llama-3.1-8b-instruct
huggingface meta-llama/Llama-3.1-8B-Instruct = featherless meta-llama/Meta-Llama-3.1-8B-Instruct
huggingface meta-llama/Llama-3.1-8B-Instruct = vercel meta/llama-3.1-8b name="Llama 3.1 8B Instruct"
huggingface meta-llama/Llama-3.1-70B-Instruct = bedrock meta.llama3-1-70b-instruct-v1:0
huggingface meta-llama/Llama-3.1-70B-Instruct = avian Meta-Llama-3.1-70B-Instruct
huggingface meta-llama/Llama-3.1-405B-Instruct = fireworks accounts/fireworks/models/llama-v3p1-405b-instruct
huggingface meta-llama/Llama-3.1-405B-Instruct = github meta/meta-llama-3.1-405b-instruct
huggingface meta-llama/Meta-Llama-3-8B-Instruct = bedrock meta.llama3-8b-instruct-v1:0
huggingface meta-llama/Meta-Llama-3-8B-Instruct = nvidia meta/llama3-8b-instruct
huggingface meta-llama/Meta-Llama-3-8B-Instruct = novita meta-llama/llama-3-8b-instruct
huggingface meta-llama/Meta-Llama-3-8B-Instruct = groq llama3-8b-8192
huggingface meta-llama/Meta-Llama-3-70B-Instruct = groq llama3-70b-8192
huggingface meta-llama/Llama-3.2-11B-Vision-Instruct = bedrock meta.llama3-2-11b-instruct-v1:0
huggingface meta-llama/Llama-3.2-11B-Vision-Instruct = cloudflare @cf/meta/llama-3.2-11b-vision-instruct
huggingface meta-llama/Llama-3.2-3B-Instruct = bedrock meta.llama3-2-3b-instruct-v1:0
huggingface meta-llama/Llama-3.2-1B-Instruct = openrouter meta-llama/llama-3.2-1b-instruct
openrouter meta-llama/llama-4-scout hf=meta-llama/Llama-4-Scout-17B-16E-Instruct = cerebras llama-4-scout-17b-16e-instruct
openrouter meta-llama/llama-4-scout hf=meta-llama/Llama-4-Scout-17B-16E-Instruct = bedrock meta.llama4-scout-17b-instruct-v1:0
openrouter meta-llama/llama-4-scout hf=meta-llama/Llama-4-Scout-17B-16E-Instruct = fireworks accounts/fireworks/models/llama4-scout-instruct-basic
openrouter meta-llama/llama-4-scout hf=meta-llama/Llama-4-Scout-17B-16E-Instruct = vercel meta/llama-4-scout name="Llama 4 Scout 17B Instruct"
openrouter meta-llama/llama-4-maverick hf=meta-llama/Llama-4-Maverick-17B-128E-Instruct = kilo meta-llama/llama-4-maverick
openrouter meta-llama/llama-4-maverick hf=meta-llama/Llama-4-Maverick-17B-128E-Instruct = sambanova Llama-4-Maverick-17B-128E-Instruct
openrouter meta-llama/llama-4-maverick hf=meta-llama/Llama-4-Maverick-17B-128E-Instruct = nvidia meta/llama-4-maverick-17b-128e-instruct
openrouter qwen/qwen3-32b hf=Qwen/Qwen3-32B = chutes Qwen/Qwen3-32B-TEE quantization=fp8
openrouter qwen/qwen3-32b hf=Qwen/Qwen3-32B = cerebras qwen-3-32b
openrouter qwen/qwen3-32b hf=Qwen/Qwen3-32B = sambanova Qwen3-32B
openrouter qwen/qwen3-32b hf=Qwen/Qwen3-32B = nebius Qwen/Qwen3-32B-fast
openrouter qwen/qwen3-32b hf=Qwen/Qwen3-32B = vercel alibaba/qwen-3-32b
openrouter qwen/qwen3-32b hf=Qwen/Qwen3-32B = bedrock qwen.qwen3-32b-v1:0
openrouter qwen/qwen3-14b hf=Qwen/Qwen3-14B = vercel alibaba/qwen-3-14b name="Qwen3-14B"
openrouter qwen/qwen3-235b-a22b hf=Qwen/Qwen3-235B-A22B = vercel alibaba/qwen-3-235b name="Qwen3-235B-A22B"
openrouter qwen/qwen3-235b-a22b hf=Qwen/Qwen3-235B-A22B = cerebras qwen-3-235b-a22b
openrouter qwen/qwen3-235b-a22b hf=Qwen/Qwen3-235B-A22B = venice qwen3-235b hf=Qwen/Qwen3-235B-A22B
openrouter qwen/qwen3-30b-a3b hf=Qwen/Qwen3-30B-A3B = vercel alibaba/qwen-3-30b name="Qwen3-30B-A3B"
openrouter qwen/qwen3-235b-a22b-2507 hf=Qwen/Qwen3-235B-A22B-Instruct-2507 = novita qwen/qwen3-235b-a22b-instruct-2507
openrouter qwen/qwen3-235b-a22b-2507 hf=Qwen/Qwen3-235B-A22B-Instruct-2507 = kilo qwen/qwen3-235b-a22b-2507
openrouter qwen/qwen3-235b-a22b-2507 hf=Qwen/Qwen3-235B-A22B-Instruct-2507 = zenmux qwen/qwen3-235b-a22b-2507 name="Qwen: Qwen3 235B A22B Instruct 2507"
openrouter qwen/qwen3-235b-a22b-2507 hf=Qwen/Qwen3-235B-A22B-Instruct-2507 = portkey @cerebras/qwen-3-235b-a22b-instruct-2507 via=cerebras/qwen-3-235b-a22b-instruct-2507
openrouter qwen/qwen3-235b-a22b-thinking-2507 hf=Qwen/Qwen3-235B-A22B-Thinking-2507 = chutes Qwen/Qwen3-235B-A22B-Thinking-2507-TEE
openrouter qwen/qwen3-coder hf=Qwen/Qwen3-Coder-480B-A35B-Instruct = cerebras qwen-3-coder-480b
openrouter qwen/qwen3-coder hf=Qwen/Qwen3-Coder-480B-A35B-Instruct = zenmux qwen/qwen3-coder
openrouter qwen/qwen3-coder hf=Qwen/Qwen3-Coder-480B-A35B-Instruct = vercel alibaba/qwen3-coder
openrouter qwen/qwen3-coder hf=Qwen/Qwen3-Coder-480B-A35B-Instruct = fireworks accounts/fireworks/models/qwen3-coder-480b-a35b-instruct
openrouter qwen/qwen-2.5-72b-instruct hf=Qwen/Qwen2.5-72B-Instruct = novita qwen/qwen-2.5-72b-instruct
openrouter qwen/qwen-2.5-72b-instruct hf=Qwen/Qwen2.5-72B-Instruct = deepinfra Qwen/Qwen2.5-72B-Instruct
openrouter qwen/qwen-2.5-coder-32b-instruct hf=Qwen/Qwen2.5-Coder-32B-Instruct = nvidia qwen/qwen2.5-coder-32b-instruct
huggingface Qwen/Qwen2.5-VL-72B-Instruct = venice qwen-2.5-vl hf=Qwen/Qwen2.5-VL-72B-Instruct
huggingface Qwen/Qwen2.5-VL-72B-Instruct = fireworks accounts/fireworks/models/qwen2p5-vl-72b-instruct
huggingface Qwen/QwQ-32B = venice qwen-2.5-qwq-32b hf=Qwen/QwQ-32B
huggingface Qwen/Qwen3.6-35B-A3B = quicksilverpro qwen3.6-35b name="Qwen3.6 35B A3B"
openrouter deepseek/deepseek-r1 hf=deepseek-ai/DeepSeek-R1 = bedrock deepseek.r1-v1:0
openrouter deepseek/deepseek-r1 hf=deepseek-ai/DeepSeek-R1 = github deepseek/deepseek-r1
openrouter deepseek/deepseek-r1 hf=deepseek-ai/DeepSeek-R1 = venice deepseek-r1-671b hf=deepseek-ai/DeepSeek-R1
openrouter deepseek/deepseek-r1-0528 hf=deepseek-ai/DeepSeek-R1-0528 = sambanova DeepSeek-R1-0528
openrouter deepseek/deepseek-r1-0528 hf=deepseek-ai/DeepSeek-R1-0528 = nebius deepseek-ai/DeepSeek-R1-0528-fast
openrouter deepseek/deepseek-r1-0528 hf=deepseek-ai/DeepSeek-R1-0528 = requesty netmind/deepseek-ai/DeepSeek-R1-0528 via=netmind/deepseek-ai/DeepSeek-R1-0528
openrouter deepseek/deepseek-chat-v3-0324 hf=deepseek-ai/DeepSeek-V3-0324 = novita deepseek/deepseek-v3-0324
openrouter deepseek/deepseek-chat-v3-0324 hf=deepseek-ai/DeepSeek-V3-0324 = kilo deepseek/deepseek-chat-v3-0324
openrouter deepseek/deepseek-chat hf=deepseek-ai/DeepSeek-V3 = vercel deepseek/deepseek-v3
openrouter deepseek/deepseek-chat-v3.1 hf=deepseek-ai/DeepSeek-V3.1 = huggingface deepseek-ai/DeepSeek-V3.1
openrouter deepseek/deepseek-v3.2 hf=deepseek-ai/DeepSeek-V3.2 = bedrock deepseek.v3.2
openrouter deepseek/deepseek-v3.2 hf=deepseek-ai/DeepSeek-V3.2 = fireworks accounts/fireworks/models/deepseek-v3p2
openrouter deepseek/deepseek-v4-flash-0731 hf=deepseek-ai/DeepSeek-V4-Flash-0731 = perplexity perplexity/deepseek-v4-flash-0731
openrouter deepseek/deepseek-v4-flash-0731 hf=deepseek-ai/DeepSeek-V4-Flash-0731 = nebius deepseek-ai/DeepSeek-V4-Flash hf=deepseek-ai/DeepSeek-V4-Flash-0731
openrouter deepseek/deepseek-v4-flash-0731 hf=deepseek-ai/DeepSeek-V4-Flash-0731 = chutes deepseek-ai/DeepSeek-V4-Flash-0731-TEE
openrouter deepseek/deepseek-r1-distill-llama-70b hf=deepseek-ai/DeepSeek-R1-Distill-Llama-70B = groq deepseek-r1-distill-llama-70b
openrouter deepseek/deepseek-r1-distill-llama-70b hf=deepseek-ai/DeepSeek-R1-Distill-Llama-70B = sambanova DeepSeek-R1-Distill-Llama-70B
openrouter z-ai/glm-4.7 hf=zai-org/GLM-4.7 = cerebras zai-glm-4.7
openrouter z-ai/glm-4.7 hf=zai-org/GLM-4.7 = fireworks accounts/fireworks/models/glm-4p7
openrouter z-ai/glm-4.7 hf=zai-org/GLM-4.7 = bedrock zai.glm-4.7
openrouter z-ai/glm-4.7 hf=zai-org/GLM-4.7 = zhipuai GLM-4.7
openrouter z-ai/glm-4.7-flash hf=zai-org/GLM-4.7-Flash = zenmux z-ai/glm-4.7-flash-free
openrouter z-ai/glm-5.1 hf=zai-org/GLM-5.1 = chutes zai-org/GLM-5.1-TEE
openrouter z-ai/glm-5.1 hf=zai-org/GLM-5.1 = fireworks accounts/fireworks/models/glm-5p1
openrouter z-ai/glm-5.2 hf=zai-org/GLM-5.2 = zai GLM-5.2
openrouter z-ai/glm-5.2 hf=zai-org/GLM-5.2 = perplexity perplexity/glm-5.2
openrouter z-ai/glm-5.2 hf=zai-org/GLM-5.2 = cloudflare @cf/zai-org/glm-5.2
huggingface zai-org/GLM-4-32B-0414 = novita thudm/glm-4-32b-0414
openrouter moonshotai/kimi-k2 hf=moonshotai/Kimi-K2-Instruct = vercel moonshotai/kimi-k2
openrouter moonshotai/kimi-k2 hf=moonshotai/Kimi-K2-Instruct = fireworks accounts/fireworks/models/kimi-k2-instruct
openrouter moonshotai/kimi-k2 hf=moonshotai/Kimi-K2-Instruct = novita moonshotai/kimi-k2-instruct
openrouter moonshotai/kimi-k2-0905 hf=moonshotai/Kimi-K2-Instruct-0905 = together moonshotai/Kimi-K2-Instruct-0905
openrouter moonshotai/kimi-k2-thinking hf=moonshotai/Kimi-K2-Thinking = bedrock moonshot.kimi-k2-thinking
openrouter moonshotai/kimi-k2.5 hf=moonshotai/Kimi-K2.5 = fireworks accounts/fireworks/models/kimi-k2p5
openrouter moonshotai/kimi-k2.5 hf=moonshotai/Kimi-K2.5 = bedrock moonshotai.kimi-k2.5
openrouter moonshotai/kimi-k3 hf=moonshotai/Kimi-K3 = chutes moonshotai/Kimi-K3-TEE quantization=mxfp4
openrouter moonshotai/kimi-k3 hf=moonshotai/Kimi-K3 = perplexity perplexity/kimi-k3
openrouter moonshotai/kimi-k3 hf=moonshotai/Kimi-K3 = github-copilot kimi-k3
openrouter minimax/minimax-m2 hf=MiniMaxAI/MiniMax-M2 = bedrock minimax.minimax-m2
openrouter minimax/minimax-m2.5 hf=MiniMaxAI/MiniMax-M2.5 = deepinfra MiniMaxAI/MiniMax-M2.5
openrouter minimax/minimax-m2.7 hf=MiniMaxAI/MiniMax-M2.7 = fireworks accounts/fireworks/models/minimax-m2p7
openrouter minimax/minimax-m3 hf=MiniMaxAI/Minimax-M3 = nebius MiniMaxAI/MiniMax-M3 hf=MiniMaxAI/MiniMax-M3
minimax MiniMax-M2.7-highspeed = zenmux minimax/minimax-m2.7-highspeed
`;
